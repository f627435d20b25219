package dev.weft.control.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of clients for programs. Times are ISO-8601; what is not known is left out. */
final class ProxyStatusJson {
    private static final Gson PRETTY =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    private static final Gson PLAIN = new GsonBuilder().disableHtmlEscaping().create();

    private ProxyStatusJson() {}

    static String array(List<ProxyStatus> clients) {
        JsonArray all = new JsonArray();
        clients.forEach(client -> all.add(object(client)));
        return PRETTY.toJson(all);
    }

    static String line(ProxyStatus client) {
        return PLAIN.toJson(object(client));
    }

    private static JsonObject object(ProxyStatus client) {
        JsonObject out = new JsonObject();
        out.addProperty("node", client.name());
        out.addProperty("id", client.id());
        out.addProperty("service", client.service());
        out.addProperty("namespace", client.namespace());
        out.addProperty("version", client.version());
        out.addProperty("client", client.client());
        out.addProperty("kind", client.kind());
        out.addProperty("protocol", client.protocol());
        time(out, "connectedAt", client.connectedAt());
        out.addProperty("registered", client.registered());
        if (!client.identity().isEmpty()) {
            out.addProperty("identity", client.identity());
            out.addProperty("credential", client.credential());
            time(out, "identityExpires", client.identityExpires());
        }
        JsonObject ports = new JsonObject();
        client.ports().forEach((port, takes) -> ports.addProperty(String.valueOf(port), takes));
        out.add("ports", ports);
        JsonObject types = new JsonObject();
        client.types().forEach((name, type) -> {
            JsonObject one = new JsonObject();
            one.addProperty("status", type.status());
            one.addProperty("version", type.version());
            time(one, "acceptedAt", type.acceptedAt());
            types.add(name, one);
        });
        out.add("types", types);
        JsonArray refusals = new JsonArray();
        client.refusals().forEach(refusal -> {
            JsonObject one = new JsonObject();
            one.addProperty("type", refusal.type());
            one.addProperty("resource", refusal.resource());
            one.addProperty("message", refusal.message());
            time(one, "at", refusal.at());
            refusals.add(one);
        });
        out.add("refusals", refusals);
        return out;
    }

    private static void time(JsonObject out, String name, @Nullable Instant time) {
        if (time != null) {
            out.addProperty(name, time.toString());
        }
    }
}
