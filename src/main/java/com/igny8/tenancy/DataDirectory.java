package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The directory the product keeps everything in. One process at a time may use it. */
public final class DataDirectory implements AutoCloseable {
    private static final int SECRET_BYTES = 32;
    private static final Set<PosixFilePermission> OURS_ALONE =
            PosixFilePermissions.fromString("rwx------");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path root;
    private @Nullable FileChannel lockFile;

    DataDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
        createPrivate(this.root);
    }

    /** Keeps other processes out; the system lets go of the lock even after {@code kill -9}. */
    void lock() {
        if (!lockIfFree()) {
            throw new StartupRefused(
                    "The data directory "
                            + root
                            + " is in use by another running IGNY8."
                            + " Stop that one, or give this one its own IGNY8_DATA_DIR.");
        }
    }

    /** As {@link #lock}; false where another process has it. */
    boolean lockIfFree() {
        try {
            FileChannel file =
                    FileChannel.open(
                            root.resolve("igny8.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                return false;
            }
            lockFile = file;
            return true;
        } catch (IOException failure) {
            throw new StartupRefused("Cannot lock the data directory " + root, failure);
        }
    }

    boolean isLocked() {
        return lockFile != null;
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** A path inside the directory. */
    public Path resolve(String name) {
        return root.resolve(name);
    }

    /** Whether a secret was made before. */
    boolean hasSecret(String name) {
        return Files.exists(root.resolve("keys").resolve(name));
    }

    /** A random secret, made and kept at the first asking: 64 hexadecimal digits. */
    String secret(String name) {
        Path keys = root.resolve("keys");
        createPrivate(keys);
        Path file = keys.resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[SECRET_BYTES];
                RANDOM.nextBytes(fresh);
                writeOnce(file, HexFormat.of().formatHex(fresh));
            }
            String secret = Files.readString(file).strip();
            if (secret.length() != 2 * SECRET_BYTES) {
                throw new StartupRefused(
                        "The key file " + file + " is damaged. Restore it from your backup.");
            }
            return secret;
        } catch (IOException failure) {
            throw new StartupRefused("Cannot read or write the key file " + file, failure);
        }
    }

    /** Written aside and moved, so that a crash leaves the whole secret or none. */
    private static void writeOnce(Path file, String text) throws IOException {
        Path aside = Files.createTempFile(file.getParent(), "new", ".key");
        Files.write(aside, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.SYNC);
        try {
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException anotherNodeWasFirst) {
            // Theirs is as good, and it is the one in use
        } finally {
            Files.delete(aside);
        }
    }

    /** Lets nobody else into a directory that somebody else made for us. */
    static void makePrivate(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, OURS_ALONE);
    }

    private static void createPrivate(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(OURS_ALONE));
            }
        } catch (IOException failure) {
            throw new StartupRefused("Cannot create the directory " + directory, failure);
        }
    }

    @Override
    public void close() {
        if (lockFile != null) {
            try {
                lockFile.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
