//! Groups that grow by joins, with pairs that must stay apart.

use std::collections::{BTreeMap, BTreeSet};

/// Members by number, each in one group.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    above: Vec<usize>,
    /// Pairs of roots whose groups a person told apart.
    apart: BTreeSet<(usize, usize)>,
}

impl Groups {
    /// So many members, each alone.
    pub(super) fn new(members: usize) -> Groups {
        Groups { above: (0..members).collect(), apart: BTreeSet::new() }
    }

    /// One more member, alone; gives its number.
    pub(super) fn grow(&mut self) -> usize {
        self.above.push(self.above.len());
        self.above.len() - 1
    }

    /// The member that stands for a member's group: its smallest.
    pub(super) fn root(&mut self, mut member: usize) -> usize {
        while self.above[member] != member {
            self.above[member] = self.above[self.above[member]];
            member = self.above[member];
        }
        member
    }

    /// Keeps two groups apart from now on; `false` if they are one already.
    pub(super) fn part(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.apart.insert((a.min(b), a.max(b)));
        }
        a != b
    }

    /// Makes two groups one, unless they are to stay apart. Whether they are one now.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if low == high {
            return true;
        }
        if self.apart.contains(&(low, high)) {
            return false;
        }
        self.above[high] = low;
        let moved: Vec<(usize, usize)> =
            self.apart.iter().copied().filter(|&(a, b)| a == high || b == high).collect();
        for pair in moved {
            self.apart.remove(&pair);
            let other = if pair.0 == high { pair.1 } else { pair.0 };
            self.apart.insert((low.min(other), low.max(other)));
        }
        true
    }

    /// The groups, each with its members in order, in the order of their smallest members.
    pub(super) fn all(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for member in 0..self.above.len() {
            groups.entry(self.root(member)).or_default().push(member);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_apart_stays_apart_through_others() {
        let mut groups = Groups::new(4);
        groups.part(0, 3);
        assert!(groups.join(0, 1) && groups.join(2, 3));
        assert!(!groups.join(1, 2));
        assert_eq!(groups.all(), [vec![0, 1], vec![2, 3]]);
    }
}
