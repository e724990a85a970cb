//! The fewest steps that still fail.

/// Leaves steps out, large pieces first and then one by one, as long as `fails` says that what is
/// left still fails. The result is as short as leaving out single steps can make it.
///
/// # Examples
///
/// ```
/// use backend_mock::schedule::shrink;
/// let steps: Vec<u32> = (0..100).collect();
/// let fails = |steps: &[u32]| steps.contains(&17) && steps.contains(&80);
/// assert_eq!(shrink(steps, fails), [17, 80]);
/// ```
pub fn shrink<T: Clone>(mut steps: Vec<T>, mut fails: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut piece = steps.len().div_ceil(2);
    while piece > 0 {
        let mut at = 0;
        let mut any = false;
        while at < steps.len() {
            let end = (at + piece).min(steps.len());
            let rest: Vec<T> = [&steps[..at], &steps[end..]].concat();
            if fails(&rest) {
                steps = rest;
                any = true;
            } else {
                at = end;
            }
        }
        // What was needed for a step that is gone may not be needed any more.
        if piece > 1 || !any {
            piece /= 2;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    // Nothing is left out that matters, in whatever order things hang together.
    #[test]
    fn what_matters_stays() {
        let sum = |steps: &[u32]| steps.iter().sum::<u32>() >= 10;
        assert_eq!(shrink(vec![1, 9, 1, 1, 9], sum).iter().sum::<u32>(), 10);
        assert_eq!(shrink(vec![3, 1, 2], |steps: &[u32]| !steps.is_sorted()).len(), 2);
        assert!(shrink(vec![1; 20], |_| true).is_empty());
        assert_eq!(shrink(vec![1; 20], |steps: &[u32]| steps.len() == 20).len(), 20);
    }
}
