package dev.weft.grpc.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the bridge holds on to in grpc-java without a promise. When a release fails here, the bridge does not work with it, and {@code
 * GrpcXds}, {@code BridgeChannels} or {@code BridgeCertificates} has to find another way before anybody may use that release.
 */
final class HooksTest {
    private static final String POOL = "io.grpc.internal.ObjectPool";
    private static final String CERTIFICATES = "io.grpc.xds.internal.security.certprovider.";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "io.grpc.xds.InternalSharedXdsClientPoolProvider | public static void setDefaultProviderBootstrapOverride(java.util.Map)",
                "io.grpc.xds.InternalSharedXdsClientPoolProvider | public static " + POOL
                        + " getOrCreate(java.lang.String)",
                "io.grpc.xds.client.XdsClient | public io.grpc.xds.client.Bootstrapper$BootstrapInfo getBootstrapInfo()",
                "io.grpc.ManagedChannelRegistry | public static io.grpc.ManagedChannelRegistry getDefaultRegistry()",
                "io.grpc.ManagedChannelRegistry | public void register(io.grpc.ManagedChannelProvider)",
                "io.grpc.ManagedChannelProvider | protected io.grpc.ManagedChannelProvider$NewChannelBuilderResult"
                        + " newChannelBuilder(java.lang.String,io.grpc.ChannelCredentials)",
                "io.grpc.ManagedChannelProvider | protected abstract java.util.Collection getSupportedSocketAddressTypes()",
                "io.grpc.NameResolverProvider | public java.util.Collection getProducedSocketAddressTypes()",
                CERTIFICATES + "CertificateProviderRegistry | public static " + CERTIFICATES
                        + "CertificateProviderRegistry getInstance()",
                CERTIFICATES + "CertificateProviderRegistry | public void register(" + CERTIFICATES
                        + "CertificateProviderProvider)",
                CERTIFICATES + "CertificateProviderProvider | public abstract " + CERTIFICATES
                        + "CertificateProvider createCertificateProvider(java.lang.Object," + CERTIFICATES
                        + "CertificateProvider$DistributorWatcher,boolean)",
                CERTIFICATES + "CertificateProvider$DistributorWatcher | public void"
                        + " updateCertificate(java.security.PrivateKey,java.util.List)",
                CERTIFICATES
                        + "CertificateProvider$DistributorWatcher | public void updateSpiffeTrustMap(java.util.Map)",
            })
    void grpcStillHas(String type, String signature) throws ClassNotFoundException {
        Class<?> owner = Class.forName(type.strip());

        assertThat(Stream.of(owner.getDeclaredMethods()).map(HooksTest::signature))
                .as("methods of %s", owner.getName())
                .contains(signature.strip());
        assertThat(Modifier.isPublic(owner.getModifiers()))
                .as("%s is public", owner.getName())
                .isTrue();
    }

    private static String signature(java.lang.reflect.Method method) {
        int flags = method.getModifiers() & ~(Modifier.SYNCHRONIZED | Modifier.FINAL);
        return Modifier.toString(flags) + " " + method.getReturnType().getName() + " " + method.getName() + "("
                + String.join(",", types(method)) + ")";
    }

    private static List<String> types(Executable method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
    }
}
