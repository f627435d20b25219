package dev.weft.xds.reader;

import dev.weft.config.AccessCondition;
import dev.weft.match.PathTemplate;
import dev.weft.proto.envoy.config.core.v3.TypedExtensionConfig;
import dev.weft.proto.envoy.config.rbac.v3.Permission;
import dev.weft.proto.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import dev.weft.proto.envoy.type.v3.Int32Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Permission}: a condition on what is asked for. Null, with a problem, for one that is not understood. */
final class PermissionReader {
    private static final KnownFields PERMISSION = KnownFields.of(Permission.getDescriptor())
            .honours(
                    "and_rules",
                    "or_rules",
                    "not_rule",
                    "any",
                    "header",
                    "url_path",
                    "uri_template",
                    "destination_ip",
                    "destination_port",
                    "destination_port_range",
                    "requested_server_name",
                    "metadata",
                    "sourced_metadata");
    private static final KnownFields TEMPLATE =
            KnownFields.of(UriTemplateMatchConfig.getDescriptor()).honours("path_template");

    private PermissionReader() {}

    static @Nullable AccessCondition read(Permission found, Place place) {
        PERMISSION.check(found, place);
        switch (found.getRuleCase()) {
            case AND_RULES:
                return new AccessCondition.All(all(found.getAndRules().getRulesList(), place.at("and_rules")));
            case OR_RULES:
                return new AccessCondition.OneOf(all(found.getOrRules().getRulesList(), place.at("or_rules")));
            case NOT_RULE:
                AccessCondition not = read(found.getNotRule(), place.at("not_rule"));
                return not == null ? null : new AccessCondition.Not(not);
            case ANY:
                return new AccessCondition.Any();
            case HEADER:
                return ConditionReader.header(found.getHeader(), place.at("header"));
            case URL_PATH:
                return ConditionReader.path(found.getUrlPath(), place.at("url_path"));
            case URI_TEMPLATE:
                return template(found.getUriTemplate(), place.at("uri_template"));
            case DESTINATION_IP:
                var range = ConditionReader.range(found.getDestinationIp(), place.at("destination_ip"));
                return range == null ? null : new AccessCondition.DestinationIp(range);
            case DESTINATION_PORT:
                int port = found.getDestinationPort();
                return ports(port, port == Integer.MAX_VALUE ? port : port + 1, place.at("destination_port"));
            case DESTINATION_PORT_RANGE:
                Int32Range ports = found.getDestinationPortRange();
                return ports(ports.getStart(), ports.getEnd(), place.at("destination_port_range"));
            case REQUESTED_SERVER_NAME:
                var name = Values.match(found.getRequestedServerName(), place.at("requested_server_name"));
                return name == null ? null : new AccessCondition.ServerName(name);
            case METADATA:
                return ConditionReader.metadata(found.getMetadata(), place.at("metadata"));
            case SOURCED_METADATA:
                return ConditionReader.metadata(found.getSourcedMetadata(), place.at("sourced_metadata"));
            case RULE_NOT_SET:
                place.refuse(null, "a condition");
                return null;
            default:
                // The field check has refused it by name.
                return null;
        }
    }

    private static List<AccessCondition> all(List<Permission> found, Place place) {
        List<AccessCondition> read = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            AccessCondition condition = read(found.get(i), place.at("rules", i));
            if (condition != null) {
                read.add(condition);
            }
        }
        if (found.isEmpty()) {
            place.refuse("rules", null, "one condition at least");
        }
        return read;
    }

    private static @Nullable AccessCondition ports(int start, int end, Place place) {
        if (start < 0 || end > 65_536 || start >= end) {
            place.refuse("[" + start + ", " + end + ")", "ports from 0 to 65535");
            return null;
        }
        return new AccessCondition.DestinationPort(start, end);
    }

    private static @Nullable AccessCondition template(TypedExtensionConfig found, Place place) {
        if (!found.getTypedConfig().is(UriTemplateMatchConfig.class)) {
            place.refuse(found.getTypedConfig().getTypeUrl(), "a UriTemplateMatchConfig");
            return null;
        }
        UriTemplateMatchConfig template =
                Values.unpack(found.getTypedConfig(), UriTemplateMatchConfig.class, place.at("typed_config"));
        if (template == null) {
            return null;
        }
        TEMPLATE.check(template, place.at("typed_config"));
        if (PathTemplate.of(template.getPathTemplate()) == null) {
            place.refuse(
                    "typed_config.path_template",
                    template.getPathTemplate(),
                    "segments of text, * or one **, beginning with /, no variables");
            return null;
        }
        return new AccessCondition.PathTemplate(template.getPathTemplate());
    }
}
