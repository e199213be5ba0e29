/*
 * Makes a nursery of a native program, a tool that many jobs start: loaded into it ahead of the C library, this takes the
 * place of its `main`, loads the libraries that it will want, and clones a first process for each job. In that, `main`
 * begins, so that a job costs neither the start of the program nor the linking of its libraries.
 */
#define _GNU_SOURCE
#include "slot.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

typedef int main_function(int argc, char **argv, char **variables);

static main_function *main_of_tool;

/* What cannot be loaded is left to the tool itself. */
static void load_libraries(char *list) {
    for (char *path = strtok(list, ":"); path != NULL; path = strtok(NULL, ":")) dlopen(path, RTLD_NOW);
}

static int begin_in_clones(int argc, char **argv, char **variables) {
    (void)argv, (void)variables;
    if (argc > 1) _exit(1); /* an interpreter, which has been given a script */
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    load_libraries(getenv(TOOLS_LIBRARIES));
    unsetenv(TOOLS_LIBRARIES);
    unsetenv("LD_PRELOAD");
    if (send(TOOLS_RELAY, "r", 1, MSG_NOSIGNAL) < 0) _exit(1);
    struct warm_job job = nurse(TOOLS_RELAY, (struct filter){0});
    int count = 0;
    while (job.argv[count] != NULL) count++;
    return main_of_tool(count, job.argv, environ);
}

/* What the start of every program calls, with its `main`. */
int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*end_of_linker)(void), void *end_of_stack) {
    typeof(__libc_start_main) *real = (typeof(__libc_start_main) *)dlsym(RTLD_NEXT, "__libc_start_main");
    main_of_tool = main;
    main_function *begun = getenv(TOOLS_LIBRARIES) != NULL ? begin_in_clones : main;
    return real(begun, argc, argv, init, fini, end_of_linker, end_of_stack);
}
