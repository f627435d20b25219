package dev.weft.spring.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.Rules;
import dev.weft.identity.HeldIdentity;
import dev.weft.spring.server.bundle.MeshSslBundleAutoConfiguration;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.info.SslInfo;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The identity of the mesh as one of Boot's SSL bundles. */
class SslBundleTest {
    private final Town town = new Town();
    private final HeldIdentity held = new HeldIdentity();

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withBean(
                        Mesh.class,
                        () -> Mesh.builder()
                                .service("stock")
                                .ignoreEnvironment()
                                .trust(Trust.of(held))
                                .snapshots(SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE)))
                                .start())
                .withConfiguration(
                        AutoConfigurations.of(MeshSslBundleAutoConfiguration.class, SslAutoConfiguration.class));
    }

    @Test
    void itsManagersReadTheIdentityOfTheMoment() {
        application().run(context -> {
            SslBundle bundle = context.getBean(SslBundles.class).getBundle("mesh");
            X509ExtendedKeyManager keys =
                    (X509ExtendedKeyManager) bundle.getManagers().getKeyManagers()[0];
            assertThat(keys.chooseEngineServerAlias("EC", null, null)).isNull();

            held.set(town.identity(Town.CART, 1));
            X509Certificate first = leaf(keys);
            held.set(town.identity(Town.CART, 2));
            assertThat(leaf(keys)).isNotEqualTo(first);
        });
    }

    /** Actuator looks into each bundle's stores for its health. */
    @Test
    void itSaysNothingOfAnExpiryThatIsAlwaysNear() {
        application()
                .run(context -> assertThat(new SslInfo(context.getBean(SslBundles.class)).getBundles())
                        .singleElement()
                        .satisfies(bundle ->
                                assertThat(bundle.getCertificateChains()).isEmpty()));
    }

    private static X509Certificate leaf(X509ExtendedKeyManager keys) {
        return keys.getCertificateChain(keys.chooseEngineServerAlias("EC", null, null))[0];
    }
}
