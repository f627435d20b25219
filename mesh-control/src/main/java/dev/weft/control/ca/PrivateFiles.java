package dev.weft.control.ca;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read. They have their mode from the first byte on, and are replaced whole. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private PrivateFiles() {}

    /** Makes a directory of mode 0700, unless there is one. */
    static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory, mode(directory, "rwx------"));
        }
    }

    /** Replaces a file atomically and waits for the disk. */
    static void write(Path path, String text) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel out = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(path, "rw-------"))) {
            all(out, text);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(path);
    }

    /** Adds to a file and waits for the disk. */
    static void append(Path path, String text) throws IOException {
        try (FileChannel out = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), mode(path, "rw-------"))) {
            all(out, text);
        }
    }

    /**
     * Reads a file that is to be secret.
     *
     * @throws IOException also if others than the owner may use it
     */
    static String read(Path path) throws IOException {
        if (posix(path)) {
            Set<PosixFilePermission> shared = EnumSet.noneOf(PosixFilePermission.class);
            shared.addAll(Files.getPosixFilePermissions(path));
            shared.retainAll(OTHERS);
            if (!shared.isEmpty()) {
                throw new IOException(path + ": mode "
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                        + ", but a file of its owner alone was expected (chmod 600)");
            }
        }
        return Files.readString(path);
    }

    private static void all(FileChannel out, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        out.force(true);
    }

    /** A rename is on the disk when its directory is. */
    private static void sync(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null && posix(path)) {
            try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
