package com.nineminds.alga.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Locks a directory for one user at a time, until it is closed or the JVM ends. */
final class DirectoryLock implements AutoCloseable {

  // The garbage collector would close a channel without references, and that would end its lock.
  private static final Set<FileChannel> HELD = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Locks the directory. Throws an exception at once if this or another JVM has the lock. */
  static DirectoryLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        HELD.add(channel);
        return new DirectoryLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // This JVM has the lock.
    }
    channel.close();
    throw new IOException(directory + " is in use by a running process");
  }

  @Override
  public void close() throws IOException {
    HELD.remove(channel);
    channel.close();
  }
}
