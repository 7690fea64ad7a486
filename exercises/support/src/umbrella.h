// An empty shared object that needs two others.

#ifndef UMBRELLA_H
#define UMBRELLA_H

// A file in memory with such an object, to be loaded and then closed; -1 if
// there is no memory. The paths are absolute.
int umbrella_make(const char *first_path, const char *second_path);

#endif
