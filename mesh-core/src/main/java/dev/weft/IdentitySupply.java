package dev.weft;

import dev.weft.ca.CertifiedIdentity;
import dev.weft.credential.Credential;
import dev.weft.credential.CredentialException;
import dev.weft.credential.JwtFile;
import dev.weft.credential.LocalTokenFile;
import dev.weft.credential.TrustChoice;
import dev.weft.credential.WatchedFiles;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentityCache;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.Subject;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.World;
import dev.weft.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where our identity comes from, and how that goes. Thread-safe. */
final class IdentitySupply implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Mesh.class);

    private final IdentitySource source;
    private final Ticker ticker;
    private final boolean expected;
    private final Runnable start;
    private final Runnable mistrusted;
    private final IntSupplier failures;
    private final Runnable end;
    private final @Nullable Supplier<@Nullable String> bearer;

    private IdentitySupply(
            IdentitySource source,
            Ticker ticker,
            boolean expected,
            Runnable start,
            Runnable mistrusted,
            IntSupplier failures,
            Runnable end,
            @Nullable Supplier<@Nullable String> bearer) {
        this.source = source;
        this.ticker = ticker;
        this.expected = expected;
        this.start = start;
        this.mistrusted = mistrusted;
        this.failures = failures;
        this.end = end;
        this.bearer = bearer;
    }

    /** What a source that the application gave says of us before anything is started. */
    static TrustChoice.@Nullable Given choice(@Nullable IdentitySource given) {
        if (given == null) {
            return null;
        }
        Identity now = given.current();
        return new TrustChoice.Given(
                now == null || now.svid().id().namespace() == null
                        ? null
                        : Subject.of(now.svid().id()));
    }

    /** As the settings have it. */
    static IdentitySupply of(Settings settings, @Nullable IdentitySource given, World world) {
        TrustChoice trust = settings.trust();
        if (trust instanceof TrustChoice.Certified certified) {
            return certified(settings, certified.credential(), world);
        }
        if (trust instanceof TrustChoice.Files kept) {
            ExecutorService executor = Workers.one("weft-identity-" + settings.service());
            WatchedFiles files = new WatchedFiles(kept.files(), world, executor);
            return new IdentitySupply(
                    files,
                    world.ticker(),
                    true,
                    files::start,
                    () -> {},
                    () -> 0,
                    () -> {
                        files.close();
                        executor.shutdown();
                    },
                    null);
        }
        IdentitySource source = given == null ? new HeldIdentity() : given;
        return new IdentitySupply(source, world.ticker(), given != null, () -> {}, () -> {}, () -> 0, () -> {}, null);
    }

    private static IdentitySupply certified(Settings settings, Credential credential, World world) {
        ExecutorService executor = Workers.one("weft-identity-" + settings.service());
        IdentityCache cache = settings.identityCache()
                ? new IdentityCache(settings.dataDirectory(), credential.subject(), world.ticker())
                : null;
        if (cache != null && credential instanceof LocalTokenFile token) {
            remember(token, settings.dataDirectory());
        }
        CertifiedIdentity identity = CertifiedIdentity.of(settings.controlPlane(), credential, cache, world, executor);
        return new IdentitySupply(
                identity,
                world.ticker(),
                true,
                identity::start,
                identity::mistrusted,
                identity::failures,
                () -> {
                    identity.close();
                    executor.shutdown();
                },
                credential instanceof JwtFile jwt ? () -> bearer(jwt) : null);
    }

    /** The file goes with its control plane; a restart without both has to know where they were. */
    private static void remember(LocalTokenFile token, Path directory) {
        try {
            token.remember(directory);
        } catch (IOException e) {
            log.warn(
                    "{}: a restart while the control plane is away will fail, {} cannot be written",
                    token,
                    directory,
                    e);
        }
    }

    private static @Nullable String bearer(JwtFile jwt) {
        try {
            return jwt.present().bearer();
        } catch (CredentialException e) {
            log.warn("{}; {}", e.getMessage(), e.remedy());
            return null;
        }
    }

    IdentitySource source() {
        return source;
    }

    /** Whether there is to be one; else the control plane is spoken to in plaintext. */
    boolean expected() {
        return expected;
    }

    /** A token for a control plane that does not see our certificate; null: we have none that is taken again. */
    @Nullable
    Supplier<@Nullable String> bearer() {
        return bearer;
    }

    /** Begins to get it; returns at once. */
    void start() {
        start.run();
    }

    /** The control plane does not believe our certificate, or we do not believe its: there may be another authority by now. */
    void mistrusted() {
        mistrusted.run();
    }

    /** Nothing is missing: there is one, in its time, or none is expected. */
    boolean complete() {
        // Not a number is above nothing.
        return !expected || secondsLeft() > 0;
    }

    /** Until the certificate ends, below zero after that; NaN without one. */
    double secondsLeft() {
        Identity identity = source.current();
        return identity == null ? Double.NaN : (identity.svid().expiry().toEpochMilli() - ticker.epochMillis()) / 1e3;
    }

    /** Attempts that failed since the last certificate. */
    int failures() {
        return failures.getAsInt();
    }

    /** Why there is none in force, for people. */
    String missing() {
        String why = source.trouble();
        Identity identity = source.current();
        if (identity == null) {
            return why.isEmpty() ? "none yet" : why;
        }
        return identity.svid() + " is over" + (why.isEmpty() ? "" : ", " + why);
    }

    @Override
    public void close() {
        end.run();
    }
}
