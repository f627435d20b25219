package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.weft.config.ConfigProblem;
import dev.weft.config.ConfigProblem.Severity;
import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Files;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.DataSource;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Certificates from files, names of servers, and everything that would weaken a check. */
final class UpstreamTlsReaderTest {
    private static final Files FILES = new Files("/certs/client.pem", "/certs/client.key", "/certs/ca.pem");

    @Test
    void istiodsNamesForFilesAreRead() {
        UpstreamTls tls = tls(CommonTlsContext.newBuilder()
                .addTlsCertificateSdsSecretConfigs(secret("file-cert:/certs/client.pem~/certs/client.key"))
                .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setDefaultValidationContext(CertificateValidationContext.newBuilder()
                                .addMatchSubjectAltNames(exact("pay.example.com")))
                        .setValidationContextSdsSecretConfig(secret("file-root:/certs/ca.pem"))));

        assertThat(tls)
                .isEqualTo(new UpstreamTls(
                        Mode.MUTUAL, "pay.example.com", List.of("pay.example.com"), List.of(), FILES, false));
    }

    @Test
    void filesWrittenIntoTheContextAreRead() {
        UpstreamTls tls = tls(CommonTlsContext.newBuilder()
                .addTlsCertificates(TlsCertificate.newBuilder()
                        .setCertificateChain(file("/certs/client.pem"))
                        .setPrivateKey(file("/certs/client.key")))
                .setValidationContext(CertificateValidationContext.newBuilder().setTrustedCa(file("/certs/ca.pem"))));

        assertThat(tls.mode()).isEqualTo(Mode.MUTUAL);
        assertThat(tls.files()).isEqualTo(FILES);
    }

    @Test
    void rootsOfTheMachineAreNoFile() {
        UpstreamTls tls = tls(CommonTlsContext.newBuilder()
                .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setValidationContextSdsSecretConfig(secret("file-root:system"))));

        assertThat(tls.mode()).isEqualTo(Mode.SIMPLE);
        assertThat(tls.files()).isEqualTo(Files.NONE);
    }

    @Test
    void aKeyThatComesWithConfigurationIsRefusedAndNotShown() {
        assertThat(problems(CommonTlsContext.newBuilder()
                        .addTlsCertificates(TlsCertificate.newBuilder()
                                .setCertificateChain(file("/certs/client.pem"))
                                .setPrivateKey(
                                        DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8("secret"))))))
                .first()
                .satisfies(problem -> {
                    assertThat(problem.field()).endsWith("tls_certificates[0].private_key");
                    assertThat(problem.toString()).doesNotContain("secret");
                });
    }

    @Test
    void twoCertificatesAreOneTooMany() {
        assertThat(problems(CommonTlsContext.newBuilder()
                        .addTlsCertificateSdsSecretConfigs(secret("default"))
                        .addTlsCertificateSdsSecretConfigs(secret("file-cert:/a~/b"))))
                .extracting(ConfigProblem::field)
                .first()
                .asString()
                .endsWith("tls_certificate_sds_secret_configs[1].name");
    }

    @Test
    void aServerIsLeftUnverifiedOnlyByTheWordForIt() {
        CertificateValidationContext.Builder skipped = CertificateValidationContext.newBuilder()
                .setTrustChainVerification(TrustChainVerification.ACCEPT_UNTRUSTED);

        assertThat(tls(CommonTlsContext.newBuilder().setValidationContext(skipped))
                        .unverified())
                .isTrue();
        assertThat(tls(CommonTlsContext.newBuilder()
                                .setValidationContext(CertificateValidationContext.getDefaultInstance()))
                        .unverified())
                .isFalse();
        assertThat(read(CommonTlsContext.newBuilder()).problems())
                .singleElement()
                .extracting(ConfigProblem::severity)
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void namesRootsAndTheMeshsIdentitiesAreAlwaysVerified() {
        CertificateValidationContext.Builder skipped = CertificateValidationContext.newBuilder()
                .setTrustChainVerification(TrustChainVerification.ACCEPT_UNTRUSTED);
        String place = "transport_socket.typed_config.common_tls_context.validation_context.trust_chain_verification";

        assertThat(problems(CommonTlsContext.newBuilder()
                        .addTlsCertificateSdsSecretConfigs(secret("default"))
                        .setValidationContext(skipped)))
                .extracting(ConfigProblem::field)
                .containsExactly(place);
        assertThat(problems(CommonTlsContext.newBuilder()
                        .setValidationContext(skipped.clone().addMatchSubjectAltNames(exact("pay.example.com")))))
                .extracting(ConfigProblem::field)
                .containsExactly(place);
        assertThat(problems(CommonTlsContext.newBuilder()
                        .setValidationContext(skipped.clone().setTrustedCa(file("/certs/ca.pem")))))
                .extracting(ConfigProblem::field)
                .containsExactly(place);
    }

    @Test
    void aTypedNameHasToBeOfItsType() {
        assertThat(tls(typed(SanType.URI, "spiffe://other/ns/a/sa/b")).subjectAltNames())
                .containsExactly("spiffe://other/ns/a/sa/b");
        assertThat(tls(typed(SanType.IP_ADDRESS, "10.0.0.1")).subjectAltNames()).containsExactly("10.0.0.1");
        assertThat(tls(typed(SanType.DNS, "pay.example.com")).subjectAltNames()).containsExactly("pay.example.com");
        assertThat(problems(typed(SanType.EMAIL, "a@example.com"))).isNotEmpty();
        assertThat(problems(typed(SanType.DNS, "spiffe://other/ns/a/sa/b"))).isNotEmpty();
    }

    @Test
    void serversOfTheMeshAreNamedBySpiffeIdentitiesOnly() {
        assertThat(problems(CommonTlsContext.newBuilder()
                        .addTlsCertificateSdsSecretConfigs(secret("default"))
                        .setValidationContext(CertificateValidationContext.newBuilder()
                                .addMatchSubjectAltNames(exact("reviews.example.com")))))
                .extracting(ConfigProblem::value)
                .containsExactly("reviews.example.com");
    }

    private static CommonTlsContext.Builder typed(SanType type, String name) {
        return CommonTlsContext.newBuilder()
                .setValidationContext(CertificateValidationContext.newBuilder()
                        .addMatchTypedSubjectAltNames(SubjectAltNameMatcher.newBuilder()
                                .setSanType(type)
                                .setMatcher(exact(name))));
    }

    private static StringMatcher exact(String name) {
        return StringMatcher.newBuilder().setExact(name).build();
    }

    private static DataSource file(String name) {
        return DataSource.newBuilder().setFilename(name).build();
    }

    private static SdsSecretConfig secret(String name) {
        return SdsSecretConfig.newBuilder().setName(name).build();
    }

    private static UpstreamTls tls(CommonTlsContext.Builder context) {
        Read<ClusterReader.WithEndpoints> read = read(context);
        assertThat(read.problems()).isEmpty();
        return read.value().cluster().tls();
    }

    private static List<ConfigProblem> problems(CommonTlsContext.Builder context) {
        return read(context).problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    private static Read<ClusterReader.WithEndpoints> read(CommonTlsContext.Builder context) {
        Cluster cluster = Cluster.newBuilder()
                .setName("c")
                .setType(Cluster.DiscoveryType.EDS)
                .setTransportSocket(TransportSocket.newBuilder()
                        .setName("envoy.transport_sockets.tls")
                        .setTypedConfig(Any.pack(UpstreamTlsContext.newBuilder()
                                .setSni("pay.example.com")
                                .setCommonTlsContext(context)
                                .build())))
                .build();
        return ClusterReader.read("c", cluster.toByteArray());
    }
}
