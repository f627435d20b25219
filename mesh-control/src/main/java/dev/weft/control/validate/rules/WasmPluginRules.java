package dev.weft.control.validate.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A WasmPlugin, or a TrafficExtension, its successor. */
final class WasmPluginRules {
    private static final List<String> SCHEMES = List.of("", "file", "http", "https", "oci");
    private static final Pattern SHA256 = Pattern.compile("[a-f0-9]{64}");
    private static final int MAX_LUA = 65_536;

    private WasmPluginRules() {}

    static void check(Place spec) {
        Selectors.policy(spec);
        plugin(spec);
        match(spec);
    }

    static void checkExtension(Place spec) {
        Selectors.policy(spec);
        Place wasm = spec.get("wasm");
        Place lua = spec.get("lua");
        if (wasm.present() == lua.present()) {
            spec.error("one of wasm and lua was expected");
        }
        if (wasm.present()) {
            plugin(wasm);
        }
        int length = lua.get("inlineCode").text().length();
        if (lua.present() && (length == 0 || length > MAX_LUA)) {
            lua.get("inlineCode").error("code of at most 64 KiB was expected");
        }
        match(spec);
    }

    private static void plugin(Place plugin) {
        Place url = plugin.get("url");
        url.error(url.filled() ? Urls.check(url.text(), SCHEMES) : java.util.Optional.of("a URL was expected"));
        Place sum = plugin.get("sha256");
        if (sum.filled() && !SHA256.matcher(sum.text()).matches()) {
            sum.error("64 characters of 0-9 and a-f were expected");
        }
        shorter(plugin.get("imagePullSecret"), 253);
        shorter(plugin.get("pluginName"), 256);
        Set<String> names = new HashSet<>();
        for (Place variable : plugin.get("vmConfig").get("env").items()) {
            Place name = variable.get("name");
            shorter(name, 256);
            if (!name.filled() || !names.add(name.text())) {
                name.error("each variable once was expected, with a name");
            }
            if (variable.get("valueFrom").is("HOST") && variable.get("value").filled()) {
                variable.get("value").error("the host has the value; leave it out");
            }
        }
    }

    private static void shorter(Place place, int length) {
        if (place.text().length() > length) {
            place.error("at most " + length + " characters were expected");
        }
    }

    private static void match(Place spec) {
        for (Place match : spec.get("match").items()) {
            match.get("ports").items().forEach(port -> Values.port(port.get("number")));
        }
    }
}
