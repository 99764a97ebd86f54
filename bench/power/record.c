/* Keeps what a process writes below RECORD_FOLDER, in order, in the file RECORD_FILE: for LD_PRELOAD.
   A record: kind, inode, offset, length of what follows. N a name, W bytes, T a length, S on the disk, D a folder on the
   disk, R two names with a line's end between, U a name. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int out = -1;
static const char *folder;
static uint64_t known[4096];
static int knows;

static void put(const void *data, size_t size) {
  for (const char *at = data; size > 0;) {
    ssize_t done = syscall(SYS_write, out, at, size);
    if (done <= 0) abort();
    at += done, size -= done;
  }
}

static void keep(char kind, uint64_t inode, uint64_t offset, const void *data, uint32_t size) {
  put(&kind, 1), put(&inode, 8), put(&offset, 8), put(&size, 4), put(data, size);
}

static int within(const char *path) {
  if (out < 0 && (folder = getenv("RECORD_FOLDER")))
    out = syscall(SYS_openat, AT_FDCWD, getenv("RECORD_FILE"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  return folder && !strncmp(path, folder, strlen(folder));
}

/* The file's inode, told by name at first sight; 0 where it lies elsewhere. */
static uint64_t inode_of(int fd, struct stat *facts) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = 0;
  if (!within(path) || fstat(fd, facts)) return 0;
  if (S_ISDIR(facts->st_mode)) return facts->st_ino;
  for (int i = 0; i < knows; i++)
    if (known[i] == facts->st_ino) return facts->st_ino;
  known[knows++ % 4096] = facts->st_ino;
  keep('N', facts->st_ino, 0, path, size);
  return facts->st_ino;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name)
#define IN_ORDER(what) pthread_mutex_lock(&order); __typeof__(what) done = what; pthread_mutex_unlock(&order); return done

static ssize_t written(int fd, const void *data, size_t size, off_t at, ssize_t (*real)(int, const void *, size_t)) {
  struct stat facts;
  uint64_t inode = inode_of(fd, &facts);
  if (inode && at < 0) at = fcntl(fd, F_GETFL) & O_APPEND ? facts.st_size : lseek(fd, 0, SEEK_CUR);
  if (inode) keep('W', inode, at, data, size);
  return real ? real(fd, data, size) : 0;
}

static int synced(int fd, int (*real)(int)) {
  struct stat facts;
  uint64_t inode = inode_of(fd, &facts);
  int done = real(fd);
  if (inode && !done) keep(S_ISDIR(facts.st_mode) ? 'D' : 'S', inode, 0, "", 0);
  return done;
}

static int cut(int fd, off_t size, int (*real)(int, off_t)) {
  struct stat facts;
  uint64_t inode = inode_of(fd, &facts);
  if (inode) keep('T', inode, size, "", 0);
  return real(fd, size);
}

ssize_t write(int fd, const void *data, size_t size) { REAL(write); IN_ORDER(written(fd, data, size, -1, real)); }
#define AT(name) ssize_t name(int fd, const void *data, size_t size, off_t at) { REAL(name); pthread_mutex_lock(&order); \
  written(fd, data, size, at, NULL); ssize_t done = real(fd, data, size, at); pthread_mutex_unlock(&order); return done; }
AT(pwrite)
AT(pwrite64)
int fsync(int fd) { REAL(fsync); IN_ORDER(synced(fd, real)); }
int fdatasync(int fd) { REAL(fdatasync); IN_ORDER(synced(fd, real)); }
int ftruncate(int fd, off_t size) { REAL(ftruncate); IN_ORDER(cut(fd, size, real)); }
int ftruncate64(int fd, off_t size) { REAL(ftruncate64); IN_ORDER(cut(fd, size, real)); }

/* The number of a file that goes may be another file's next. */
static uint64_t forgotten(const char *path) {
  struct stat facts;
  if (stat(path, &facts)) return 0;
  for (int i = 0; i < knows; i++)
    if (known[i] == facts.st_ino) known[i] = 0;
  return facts.st_ino;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  char names[2 * PATH_MAX];
  pthread_mutex_lock(&order);
  if (within(from) && within(to)) {
    forgotten(to);
    keep('R', 0, 0, names, snprintf(names, sizeof names, "%s\n%s", from, to));
  }
  int done = real(from, to);
  pthread_mutex_unlock(&order);
  return done;
}

static int gone(const char *path, int (*real)(const char *)) {
  if (within(path)) keep('U', forgotten(path), 0, path, strlen(path));
  return real(path);
}

int unlink(const char *path) { REAL(unlink); IN_ORDER(gone(path, real)); }
int remove(const char *path) { REAL(remove); IN_ORDER(gone(path, real)); }
