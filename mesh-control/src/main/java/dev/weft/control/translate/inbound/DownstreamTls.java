package dev.weft.control.translate.inbound;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import java.util.List;

/** Writes that a connection is mutual TLS, between identities of the mesh. */
final class DownstreamTls {
    private static final List<String> CIPHERS = List.of(
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-GCM-SHA256");

    private DownstreamTls() {}

    @SuppressWarnings("deprecation") // istiod writes match_subject_alt_names, and every reader knows it
    static TransportSocket write(TrustDomains domains) {
        CertificateValidationContext.Builder peers = CertificateValidationContext.newBuilder();
        domains.all().forEach(domain -> peers.addMatchSubjectAltNames(Texts.prefix(Texts.SPIFFE + domain + "/")));
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder()
                .setTlsParams(TlsParameters.newBuilder()
                        .addAllCipherSuites(CIPHERS)
                        .setTlsMinimumProtocolVersion(TlsProtocol.TLSv1_2)
                        .setTlsMaximumProtocolVersion(TlsProtocol.TLSv1_3))
                .addAlpnProtocols("h2")
                .addAlpnProtocols("http/1.1")
                .addTlsCertificateSdsSecretConfigs(secret("default"))
                .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setDefaultValidationContext(peers)
                        .setValidationContextSdsSecretConfig(secret("ROOTCA")));
        return mutual(common);
    }

    /** A client certificate is demanded. */
    static TransportSocket mutual(CommonTlsContext.Builder common) {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(DownstreamTlsContext.newBuilder()
                        .setCommonTlsContext(common)
                        .setRequireClientCertificate(BoolValue.of(true))
                        .build()))
                .build();
    }

    private static SdsSecretConfig secret(String name) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(Words.ADS)
                .build();
    }
}
