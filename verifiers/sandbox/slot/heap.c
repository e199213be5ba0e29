/* The room that lies between the objects of the warm programs. */
#include "slot.h"

#include <stdlib.h>
#include <sys/mman.h>

/* Of the interpreter that loads this; it serves sizes up to LARGEST_SMALL itself, from arenas. */
struct arenas {
    void *context;
    void *(*take)(void *context, size_t size);
    void (*give_back)(void *context, void *arena, size_t size);
};
extern void *PyObject_Malloc(size_t size);
extern void PyObject_Free(void *room);
extern void PyObject_GetArenaAllocator(struct arenas *arenas);
extern void PyObject_SetArenaAllocator(struct arenas *arenas);

enum { PAGE = 4096, LARGEST_SMALL = 512, MOST_HOLES = 100000, OVERHEAD = 16 };

/* Takes room of a size until it comes in a row as long as a page. */
static void fill_holes(void *(*allocate)(size_t size), size_t size) {
    size_t row = 0, wanted = PAGE / size < 2 ? 2 : PAGE / size;
    char *before = allocate(size);
    for (int count = 0; row < wanted && count < MOST_HOLES; count++) {
        char *room = allocate(size);
        if (room == NULL) return;
        row = room > before && (size_t)(room - before) <= size + OVERHEAD ? row + 1 : 0;
        before = room;
    }
}

static struct arenas usual;
static char *newest;
static size_t newest_size;

static void *take_arena(void *context, size_t size) {
    newest_size = size;
    return newest = usual.take(context, size);
}

static bool is_in_newest(const char *room) {
    return newest != NULL && room >= newest && room < newest + newest_size;
}

/* Takes room of a size until it comes from an arena that nothing was in. */
static void fill_arenas(size_t size) {
    char *room;
    int count = 0;
    do room = PyObject_Malloc(size);
    while (room != NULL && !is_in_newest(room) && ++count < MOST_HOLES);
    PyObject_Free(room);
}

/*
 * Takes all holes and never gives them back. A clone would put its objects into them, one here and one there, and each
 * page that it so writes to has to be copied; now what it makes lies side by side, on a fifth fewer pages, and most of
 * them are new ones, which cost less.
 */
void settle_heap(void) {
    for (size_t size = PAGE; size >= 16; size -= size > 1024 ? 256 : 16) fill_holes(malloc, size);
    /* Arenas alone would do, but for some reason leave ten pages more to copy. */
    for (size_t size = LARGEST_SMALL; size >= 16; size -= 16) fill_holes(PyObject_Malloc, size);
    PyObject_GetArenaAllocator(&usual);
    struct arenas noted = {usual.context, take_arena, usual.give_back};
    PyObject_SetArenaAllocator(&noted);
    for (size_t size = LARGEST_SMALL; size >= 16; size -= 16) fill_arenas(size);
    PyObject_SetArenaAllocator(&usual);
    if (newest != NULL) madvise(newest, newest_size, MADV_NOHUGEPAGE); /* a mapping of its own, see `settle_data` */
}
