/* What node.c needs of the other files about Node. */
#ifndef NODE_H
#define NODE_H

#include <stdbool.h>

/* node-threads.c */

/* Node has started all threads that it starts by itself. */
void note_loaded(void);
/* Waits until all other threads sleep: one that is cloned on its way to that may hold what others wait for. */
bool await_sleep(void);
/* Where the C library keeps the number of the thread that calls; a clone cannot find it. NULL if nobody can. */
int *thread_number(void);
/* In a clone: what the C library does in the child of a fork. */
void settle_threads(int *number);

/* node-fds.c */

/* Remembers what descriptors there are; false for one of a kind that cannot be made anew. */
bool note_fds(void);
/* In a clone, where all of those are closed: makes new ones of the same kinds in the same places. */
void renew_fds(void);

#endif
