package dev.weft;

import dev.weft.credential.TrustChoice;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.Subject;
import dev.weft.runtime.World;
import dev.weft.settings.Settings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where our identity comes from, and how that goes. Thread-safe; everything returns at once. */
interface IdentitySupply extends AutoCloseable {

    IdentitySource source();

    /** Whether there is to be one; else the control plane is spoken to in plaintext. */
    default boolean expected() {
        return true;
    }

    /** Begins to get it. */
    default void start() {}

    /** The control plane does not believe our certificate, or we do not believe its: there may be another authority by now. */
    default void mistrusted() {}

    /** Attempts that failed since the last certificate. */
    default int failures() {
        return 0;
    }

    /** Reads a token for a control plane that does not see our certificate; null: we have none that is taken again. */
    default @Nullable Supplier<@Nullable String> bearer() {
        return null;
    }

    @Override
    default void close() {}

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
            return CertifiedSupply.of(certified.credential(), settings, world);
        }
        if (trust instanceof TrustChoice.Files kept) {
            return new FilesSupply(kept.files(), settings.service(), world);
        }
        return given == null ? new Held(new HeldIdentity(), false) : new Held(given, true);
    }

    /** The application's, or nobody's. */
    record Held(IdentitySource source, boolean expected) implements IdentitySupply {}
}
