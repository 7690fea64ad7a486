// Do the sanitizers of this build work on this machine?

#ifndef PROBE_H
#define PROBE_H

// Runs a small right program under them, and one with a known mistake of each
// kind. Prints what does not work. Returns an exit status.
int probe(void);

#endif
