//! OC2: names that other components must have.
