//! OC0: files and names.
