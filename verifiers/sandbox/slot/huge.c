/* The memory of the warm process in huge pages: what it runs, and what it has written. */
#define _GNU_SOURCE
#include "slot.h"

#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

enum { MOST_RANGES = 64, LEAST_BYTES = 1 << 16 };
static const uintptr_t PAGE = 4096, HUGE_PAGE = 2 << 20;

struct range {
    uintptr_t from, to;
};

static size_t size_of(const struct range *range) {
    return range->to - range->from;
}

/* Whole huge pages to be filled; null without memory. */
static char *huge_room(size_t size) {
    char *space = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (space == MAP_FAILED) return NULL;
    char *room = (char *)(((uintptr_t)space + HUGE_PAGE - 1) & -HUGE_PAGE);
    munmap(space, room - space);
    munmap(room + size, space + HUGE_PAGE - room);
    return room;
}

/* Puts copies in the place of ranges, packed into huge pages. Where the kernel has none to give, all stays as it is. */
static void settle(const struct range *ranges, size_t count, int rights) {
    size_t size = 0;
    for (size_t index = 0; index < count; index++) size += size_of(&ranges[index]);
    size_t room_size = (size + HUGE_PAGE - 1) & -HUGE_PAGE;
    char *room = size == 0 ? NULL : huge_room(room_size);
    if (room == NULL) return;
    char *copy = room;
    for (size_t index = 0; index < count; copy += size_of(&ranges[index++])) {
        memcpy(copy, (void *)ranges[index].from, size_of(&ranges[index]));
    }
    if (madvise(room, room_size, MADV_COLLAPSE) == 0 && mprotect(room, room_size, rights) == 0) {
        copy = room;
        for (size_t index = 0; index < count; copy += size_of(&ranges[index++])) {
            size_t its_size = size_of(&ranges[index]);
            mremap(copy, its_size, its_size, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)ranges[index].from);
        }
        munmap(copy, room + room_size - copy);
    } else {
        munmap(room, room_size);
    }
}

/* What of the program is never written to and lies in one piece. */
static int note_text(struct dl_phdr_info *object, size_t size, void *noted) {
    (void)size;
    struct range *range = noted;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[index];
        if (part->p_type != PT_LOAD) continue;
        uintptr_t from = object->dlpi_addr + part->p_vaddr;
        if ((part->p_flags & PF_W) || (range->to != 0 && (from & -PAGE) != range->to)) break;
        if (range->to == 0) range->from = from & -PAGE;
        range->to = (from + part->p_memsz + PAGE - 1) & -PAGE;
    }
    return 1; /* the program comes first, and no library after it is asked for */
}

/*
 * The program's own code and constants, mapped as huge pages. A clone has them from the start: it would fault for each
 * piece of the file that it comes to, and take each page down at its end, which is a tenth of what a short job costs.
 */
void settle_text(void) {
    struct range range = {0};
    dl_iterate_phdr(note_text, &range);
    range.from = (range.from + HUGE_PAGE - 1) & -HUGE_PAGE;
    range.to &= -HUGE_PAGE;
    if (range.from < range.to) settle(&range, 1, PROT_READ | PROT_EXEC);
}

/* Whether more than half of its pages are there. */
static bool is_filled(const struct range *range) {
    size_t pages = size_of(range) / PAGE, there = 0;
    unsigned char *states = malloc(pages);
    if (states == NULL || mincore((void *)range->from, size_of(range), states) < 0) pages = 0;
    for (size_t page = 0; page < pages; page++) there += states[page] & 1;
    free(states);
    return 2 * there > pages;
}

/* What was written, in pieces that are worth it, without the stack, which this itself writes to. */
static size_t note_data(struct range ranges[MOST_RANGES]) {
    size_t count = 0;
    FILE *maps = fopen("/proc/self/maps", "re");
    char *line = NULL, rights[5], path[16];
    for (size_t room = 0; maps != NULL && count < MOST_RANGES && getline(&line, &room, maps) > 0;) {
        struct range range;
        *path = '\0';
        sscanf(line, "%lx-%lx %4s %*s %*s %*s %15s", &range.from, &range.to, rights, path);
        bool is_wanted = strcmp(rights, "rw-p") == 0 && strncmp(path, "[stack", 6) != 0;
        if (is_wanted && size_of(&range) >= LEAST_BYTES && is_filled(&range)) ranges[count++] = range;
    }
    free(line);
    if (maps != NULL) fclose(maps);
    return count;
}

/*
 * Its heap and variables, mapped page by page, so that a clone still copies only the pages that it writes to. But the
 * kernel hands neighbours of one huge page to a clone, and takes them back, in one go.
 */
void settle_data(void) {
    struct range ranges[MOST_RANGES];
    settle(ranges, note_data(ranges), PROT_READ | PROT_WRITE);
}
