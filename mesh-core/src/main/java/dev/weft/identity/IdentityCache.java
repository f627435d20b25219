package dev.weft.identity;

import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last identity on disk, so that a service can restart while the CA is away. The private key lies there in the clear,
 * readable by the file's owner only; without such a cache a restart waits for the CA. Methods wait for the disk: call
 * them on no request's thread. Safe for use from several threads and processes: a file is replaced as a whole.
 */
public final class IdentityCache {
    private static final Logger log = LoggerFactory.getLogger(IdentityCache.class);
    private static final long MAX_BYTES = 4L << 20;

    private final Path file;
    private final Subject subject;
    private final Ticker ticker;

    /**
     * A cache for one workload.
     *
     * @param directory made 0700 if it is not there
     * @param subject whose identity is kept; several workloads may share a directory
     */
    public IdentityCache(Path directory, Subject subject, Ticker ticker) {
        this.file = directory.resolve(
                "identity-" + HexFormat.of().formatHex(Shown.sha256(Shown.ascii(subject.toString())), 0, 8) + ".pem");
        this.subject = subject;
        this.ticker = ticker;
    }

    /** Where the identity is kept. */
    public Path file() {
        return file;
    }

    /**
     * Keeps an identity in place of the one before.
     *
     * @throws IllegalArgumentException if it is another workload's, or its key does not leave its device
     * @throws IOException if the disk refuses; what was kept before is still there
     */
    public void save(Identity identity) throws IOException {
        if (!subject.is(identity.svid().id())) {
            throw new IllegalArgumentException("this cache is for " + subject + ", not for "
                    + identity.svid().id());
        }
        PrivateFiles.write(file, IdentityFile.encode(identity));
    }

    /**
     * What an earlier run left; null if there is nothing, or nothing to be used: expired, another workload's, readable by
     * others, or damaged. A damaged file is put aside with the ending {@code .corrupt}. A warning says what and why.
     */
    public @Nullable Identity load() {
        try {
            if (Files.notExists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            String problem = PrivateFiles.problem(file);
            if (problem != null) {
                return unused(problem);
            }
            if (Files.size(file) > MAX_BYTES) {
                return putAside("it has " + Files.size(file) + " bytes, more than " + MAX_BYTES);
            }
            return usable(Files.readAllBytes(file));
        } catch (IOException e) {
            return unused(e.toString());
        }
    }

    private @Nullable Identity usable(byte[] bytes) throws IOException {
        Identity identity;
        try {
            identity = IdentityFile.decode(bytes);
        } catch (IllegalArgumentException e) {
            return putAside(String.valueOf(e.getMessage()));
        }
        if (!subject.is(identity.svid().id())) {
            return unused("it is the identity of " + identity.svid().id() + ", expected " + subject);
        }
        String problem = OwnIdentity.problem(identity, ticker.epochMillis());
        return problem == null ? identity : unused(problem);
    }

    private @Nullable Identity unused(String why) {
        log.warn("stored identity {} is not used, a new one has to come from the CA: {}", file, why);
        return null;
    }

    private @Nullable Identity putAside(String why) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        return unused(why + "; it is kept as " + aside.getFileName());
    }
}
