//! Sets of mentions that are joined one by one.

/// Nodes in disjoint sets.
#[derive(Debug, Default)]
pub(super) struct Union {
    above: Vec<usize>,
}

impl Union {
    /// A new node, alone in its set.
    pub(super) fn node(&mut self) -> usize {
        self.above.push(self.above.len());
        self.above.len() - 1
    }

    /// The node that stands for a node's set.
    pub(super) fn root(&mut self, mut node: usize) -> usize {
        while self.above[node] != node {
            self.above[node] = self.above[self.above[node]];
            node = self.above[node];
        }
        node
    }

    /// Makes one set of two. The older node stands for it.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.above[a.max(b)] = a.min(b);
    }
}
