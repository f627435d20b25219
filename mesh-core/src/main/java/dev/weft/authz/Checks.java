package dev.weft.authz;

import dev.weft.config.AccessCondition;
import dev.weft.config.AccessCondition.Whose;
import dev.weft.config.Cidr;
import dev.weft.config.StringMatch;
import dev.weft.match.HeaderTest;
import dev.weft.match.PathTemplate;
import dev.weft.match.TextTest;
import java.net.InetAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes {@link AccessCondition}s ready. */
final class Checks {
    private static final Check ALWAYS = (arrival, path) -> true;

    private final UnaryOperator<String> spelling;
    private boolean respelled;

    /** @param spelling applied to the texts that paths are compared with */
    Checks(UnaryOperator<String> spelling) {
        this.spelling = spelling;
    }

    /** Whether the spelling changed some text so far. */
    boolean respelled() {
        return respelled;
    }

    private String spelled(String text) {
        String changed = spelling.apply(text);
        respelled |= !changed.equals(text);
        return changed;
    }

    Check anyOf(List<AccessCondition> conditions) {
        Check[] checks = all(conditions);
        if (checks.length == 1) {
            return checks[0];
        }
        return (arrival, path) -> {
            for (Check check : checks) {
                if (check.holds(arrival, path)) {
                    return true;
                }
            }
            return false;
        };
    }

    private Check allOf(List<AccessCondition> conditions) {
        Check[] checks = all(conditions);
        if (checks.length == 1) {
            return checks[0];
        }
        return (arrival, path) -> {
            for (Check check : checks) {
                if (!check.holds(arrival, path)) {
                    return false;
                }
            }
            return true;
        };
    }

    private Check[] all(List<AccessCondition> conditions) {
        return conditions.stream().map(this::of).toArray(Check[]::new);
    }

    private Check of(AccessCondition condition) {
        if (condition instanceof AccessCondition.Any) {
            return ALWAYS;
        }
        if (condition instanceof AccessCondition.All all) {
            return allOf(all.conditions());
        }
        if (condition instanceof AccessCondition.OneOf some) {
            return anyOf(some.conditions());
        }
        if (condition instanceof AccessCondition.Not not) {
            Check check = of(not.condition());
            return (arrival, path) -> !check.holds(arrival, path);
        }
        return plain(condition);
    }

    private Check plain(AccessCondition condition) {
        if (condition instanceof AccessCondition.Header header) {
            HeaderTest test = HeaderTest.of(header.match());
            return (arrival, path) -> test.test(arrival.head());
        }
        if (condition instanceof AccessCondition.Path wanted) {
            TextTest test = TextTest.of(spelled(wanted.match()));
            return (arrival, path) -> test.test(path);
        }
        if (condition instanceof AccessCondition.PathTemplate wanted) {
            return template(wanted);
        }
        if (condition instanceof AccessCondition.DestinationPort port) {
            return (arrival, path) -> {
                int number = arrival.connection().servicePort();
                return number >= port.start() && number < port.end();
            };
        }
        if (condition instanceof AccessCondition.ServerName name) {
            TextTest test = TextTest.of(name.match());
            return (arrival, path) -> test.test(arrival.connection().sni());
        }
        if (condition instanceof AccessCondition.Metadata metadata) {
            MetadataTest test = MetadataTest.of(metadata.match());
            return (arrival, path) -> test.test(arrival);
        }
        if (condition instanceof AccessCondition.Authenticated authenticated) {
            return authenticated(authenticated.name());
        }
        return address(condition);
    }

    private Check template(AccessCondition.PathTemplate wanted) {
        PathTemplate template = PathTemplate.of(spelled(wanted.template()));
        if (template == null) {
            throw new IllegalArgumentException("no path template: " + wanted.template());
        }
        return (arrival, path) -> template.matches(path);
    }

    private static Check authenticated(@Nullable StringMatch name) {
        if (name == null) {
            return (arrival, path) -> arrival.principal() != null;
        }
        TextTest test = TextTest.of(name);
        return (arrival, path) -> {
            String principal = arrival.principal();
            return principal != null && test.test(principal);
        };
    }

    private static Check address(AccessCondition condition) {
        if (condition instanceof AccessCondition.DestinationIp destination) {
            return (arrival, path) ->
                    within(destination.range(), arrival.connection().local(), "this end");
        }
        AccessCondition.SourceIp source = (AccessCondition.SourceIp) condition;
        return source.whose() == Whose.CONNECTION
                ? (arrival, path) -> within(source.range(), arrival.connection().remote(), "the other end")
                : (arrival, path) -> within(source.range(), arrival.forwardedFor(), "the caller");
    }

    private static boolean within(Cidr range, @Nullable InetAddress address, String whose) {
        if (address == null) {
            throw new IllegalStateException("the address of " + whose + " is unknown, and a rule asks for it");
        }
        return range.contains(address);
    }

    /** Regular expressions have no spelling to change; they are tried on every spelling of the path. */
    private StringMatch spelled(StringMatch match) {
        if (match instanceof StringMatch.Exact exact) {
            return new StringMatch.Exact(spelled(exact.value()), exact.ignoreCase());
        }
        if (match instanceof StringMatch.Prefix prefix) {
            return new StringMatch.Prefix(spelled(prefix.value()), prefix.ignoreCase());
        }
        if (match instanceof StringMatch.Suffix suffix) {
            return new StringMatch.Suffix(spelled(suffix.value()), suffix.ignoreCase());
        }
        if (match instanceof StringMatch.Contains contains) {
            return new StringMatch.Contains(spelled(contains.value()), contains.ignoreCase());
        }
        return match;
    }
}
