# All that must pass.
check:
    ./scripts/check

# Tests only.
test:
    cargo nextest run --workspace

# Figures for docs/performance.md.
bench:
    cargo bench -p atalaya --bench add -- 20000

# Figures for docs/accuracy.md: `just eval furniture --data FILE`.
eval *ARGS:
    cargo run --release -p atalaya-evaluation -- {{ARGS}}

# What a newcomer sees.
demo:
    cargo run --release -- demo
