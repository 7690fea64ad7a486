// The contract of exercise 00_kitchen/first_order: the sign on the door.
//
// There is nothing to find out here. This exercise shows you the loop of the
// workbook: edit a file, check it, read the verdict.

#ifndef FIRST_ORDER_H
#define FIRST_ORDER_H

// Written by you. Returns the word on the sign, which is "open" from now on,
// in small letters.
const char *word_on_the_sign(void);

#endif
