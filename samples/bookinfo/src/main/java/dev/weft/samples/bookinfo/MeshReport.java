package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;
import dev.weft.Mesh;
import dev.weft.MeshConfiguration;

/** What {@code /health} says of the mesh: its state, which configuration it works with since when, and who it is there. */
public final class MeshReport {
    private MeshReport() {}

    public static JsonObject of(Mesh mesh) {
        MeshConfiguration configuration = mesh.configuration();
        JsonObject report = new JsonObject();
        report.addProperty("state", mesh.state().name());
        report.addProperty("version", configuration.version());
        report.addProperty("source", String.valueOf(configuration.source()));
        report.addProperty("ageMillis", configuration.age().toMillis());
        report.addProperty("connected", configuration.connected());
        report.addProperty("rejected", configuration.rejected().size());
        mesh.identity().id().ifPresent(id -> report.addProperty("identity", id.toString()));
        mesh.identity().expires().ifPresent(end -> report.addProperty("certificateExpires", end.toString()));
        return report;
    }
}
