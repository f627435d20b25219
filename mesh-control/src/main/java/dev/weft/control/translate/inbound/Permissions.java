package dev.weft.control.translate.inbound;

import com.google.protobuf.Any;
import dev.weft.proto.envoy.config.core.v3.TypedExtensionConfig;
import dev.weft.proto.envoy.config.rbac.v3.Permission;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import dev.weft.proto.envoy.type.matcher.v3.MetadataMatcher;
import dev.weft.proto.envoy.type.matcher.v3.PathMatcher;
import java.util.List;

/** Conditions on what is asked for. */
final class Permissions {
    static final Junction<Permission> JUNCTION = new Junction<>() {
        @Override
        public Permission any() {
            return Permission.newBuilder().setAny(true).build();
        }

        @Override
        public Permission and(List<Permission> all) {
            return Permission.newBuilder().setAndRules(set(all)).build();
        }

        @Override
        public Permission or(List<Permission> some) {
            return Permission.newBuilder().setOrRules(set(some)).build();
        }

        @Override
        public Permission not(Permission one) {
            return Permission.newBuilder().setNotRule(one).build();
        }
    };

    private Permissions() {}

    private static Permission.Set set(List<Permission> rules) {
        return Permission.Set.newBuilder().addAllRules(rules).build();
    }

    static Permission header(HeaderMatcher header) {
        return Permission.newBuilder().setHeader(header).build();
    }

    static Permission method(String value) {
        return header(Texts.header(":method", value));
    }

    static Permission host(String value) {
        return header(Texts.host(value));
    }

    static Permission path(String value) {
        if (value.contains("{*}") || value.contains("{**}")) {
            String template = value.replace("{**}", "**").replace("{*}", "*");
            return Permission.newBuilder()
                    .setUriTemplate(TypedExtensionConfig.newBuilder()
                            .setName("uri-template")
                            .setTypedConfig(Any.pack(UriTemplateMatchConfig.newBuilder()
                                    .setPathTemplate(template)
                                    .build())))
                    .build();
        }
        return Permission.newBuilder()
                .setUrlPath(PathMatcher.newBuilder().setPath(Texts.pattern(value)))
                .build();
    }

    static Permission port(String value) {
        return Permission.newBuilder()
                .setDestinationPort(Integer.parseInt(value))
                .build();
    }

    static Permission address(String block) {
        return Permission.newBuilder().setDestinationIp(Blocks.of(block)).build();
    }

    static Permission serverName(String value) {
        return Permission.newBuilder()
                .setRequestedServerName(Texts.pattern(value))
                .build();
    }

    static Permission metadata(MetadataMatcher matcher) {
        return Permission.newBuilder().setMetadata(matcher).build();
    }
}
