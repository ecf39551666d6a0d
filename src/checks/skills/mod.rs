//! OC6: skills and skill mapping sets.
