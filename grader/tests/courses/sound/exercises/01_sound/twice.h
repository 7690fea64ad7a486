// The contract of 01_sound/twice.

#ifndef TWICE_H
#define TWICE_H

// Returns two times the number.
int twice(int number);

#endif
