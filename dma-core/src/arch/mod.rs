//! Picks the architecture's loads, stores and barriers.

pub(crate) fn release() {
    core::sync::atomic::fence(core::sync::atomic::Ordering::SeqCst);
}
pub(crate) fn acquire() {
    core::sync::atomic::fence(core::sync::atomic::Ordering::SeqCst);
}
