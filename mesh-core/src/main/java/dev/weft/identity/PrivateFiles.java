package dev.weft.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that nobody but their owner may read: 0600 in directories of 0700, from their first byte on, where the file system knows
 * modes. All methods wait for the disk. Safe for use from any thread.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private static final String UID = "unix:uid";
    private static final Integer ROOT = 0;

    /** Belongs to the user of this process; not there on every platform. */
    private static final Path OURSELVES = Path.of("/proc/self");

    private PrivateFiles() {}

    /** Makes a directory of mode 0700 with the parents that are missing; one that is there stays as it is. */
    public static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, mode(directory, "rwx------"));
        }
    }

    /** Replaces the file as a whole or not at all, and makes its directory if need be. On the disk when this returns. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + " has no directory");
        }
        directory(directory);
        Path temporary = Files.createTempFile(directory, file.getFileName() + ".", ".tmp", mode(file, "rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                writeAll(channel, bytes);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(directory);
    }

    /** Replaces the file by a text, as {@link #write(Path, byte[])} does. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a text to a file, which is made if need be. On the disk when this returns. */
    public static void append(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), mode(file, "rw-------"))) {
            writeAll(channel, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads a text that is to be secret.
     *
     * @throws IOException also if {@link #problem} finds something
     */
    public static String read(Path file) throws IOException {
        // What the link points to is judged: mounted secrets are links.
        Path real = file.toRealPath();
        String problem = problem(real);
        if (problem != null) {
            throw new IOException(file + " is not used: " + problem);
        }
        return Files.readString(real);
    }

    /** Why a file of our own is not to be believed, or null: a link, no plain file, another's, or one that others may use. */
    public static @Nullable String problem(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? usedByOthers(file, false) : "it is no plain file";
    }

    /**
     * Why a secret that somebody else may have put there is not to be believed, or null. Kubernetes mounts secrets as links to
     * files of root, which the pod's group may read: both are allowed.
     */
    public static @Nullable String problemOfMounted(Path file) throws IOException {
        Path target = file.toRealPath();
        return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                ? usedByOthers(target, true)
                : "it is no plain file";
    }

    private static @Nullable String usedByOthers(Path file, boolean rootsGroupReads) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return null;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(permissions);
        others.removeAll(OWNERS);
        Object owner = Files.getAttribute(file, UID, LinkOption.NOFOLLOW_LINKS);
        boolean mounted = rootsGroupReads && ROOT.equals(owner);
        if (mounted) {
            others.remove(PosixFilePermission.GROUP_READ);
        }
        if (!others.isEmpty()) {
            return "others may use it (" + PosixFilePermissions.toString(permissions)
                    + "), expected rw------- (chmod 600); what it holds may be known, so let it be made anew";
        }
        return mounted || Files.notExists(OURSELVES) || owner.equals(Files.getAttribute(OURSELVES, UID))
                ? null
                : "it belongs to another user (" + owner + ")";
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    /** A rename is on the disk when its directory is. */
    private static void sync(Path directory) throws IOException {
        if (posix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
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
