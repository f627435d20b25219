package dev.weft;

import dev.weft.ca.CertifiedIdentity;
import dev.weft.credential.Credential;
import dev.weft.credential.CredentialException;
import dev.weft.credential.JwtFile;
import dev.weft.credential.LocalTokenFile;
import dev.weft.identity.IdentityCache;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import dev.weft.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A certificate authority, which is asked by a credential first. */
final class CertifiedSupply implements IdentitySupply {
    private static final Logger log = LoggerFactory.getLogger(Mesh.class);

    private final Credential credential;
    private final CertifiedIdentity identity;
    private final ExecutorService executor;

    private CertifiedSupply(Credential credential, CertifiedIdentity identity, ExecutorService executor) {
        this.credential = credential;
        this.identity = identity;
        this.executor = executor;
    }

    static CertifiedSupply of(Credential credential, Settings settings, World world) {
        ExecutorService executor = Workers.one("weft-identity-" + settings.service());
        Path directory = settings.dataDirectory();
        IdentityCache cache = null;
        if (settings.identityCache()) {
            cache = new IdentityCache(directory, credential.subject(), world.ticker());
            if (credential instanceof LocalTokenFile token) {
                remember(token, directory);
            }
        }
        return new CertifiedSupply(
                credential,
                CertifiedIdentity.of(settings.controlPlane(), credential, cache, world, executor),
                executor);
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

    @Override
    public IdentitySource source() {
        return identity;
    }

    @Override
    public void start() {
        identity.start();
    }

    @Override
    public void mistrusted() {
        identity.mistrusted();
    }

    @Override
    public int failures() {
        return identity.failures();
    }

    @Override
    public @Nullable Supplier<@Nullable String> bearer() {
        return credential instanceof JwtFile jwt ? () -> bearer(jwt) : null;
    }

    private static @Nullable String bearer(JwtFile jwt) {
        try {
            return jwt.present().bearer();
        } catch (CredentialException e) {
            log.warn("{}; {}", e.getMessage(), e.remedy());
            return null;
        }
    }

    @Override
    public void close() {
        identity.close();
        executor.shutdown();
    }
}
