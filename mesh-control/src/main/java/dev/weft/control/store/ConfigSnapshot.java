package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import java.util.List;

/**
 * The configuration in force at one moment. Immutable.
 *
 * @param revision changes when and only when the configuration does; shown as xDS version
 * @param config all accepted resources
 * @param mesh mesh-wide settings
 * @param problems what was refused, or is in force with a reservation; each names its file and line
 */
public record ConfigSnapshot(String revision, IstioConfig config, MeshConfig mesh, List<ConfigProblem> problems) {
    /** Nothing configured: Istio's defaults. */
    public static final ConfigSnapshot EMPTY =
            new ConfigSnapshot("0", IstioConfig.EMPTY, MeshConfig.DEFAULT, List.of());

    public ConfigSnapshot {
        problems = List.copyOf(problems);
    }
}
