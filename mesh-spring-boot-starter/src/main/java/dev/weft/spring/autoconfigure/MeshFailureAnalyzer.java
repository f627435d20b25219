package dev.weft.spring.autoconfigure;

import dev.weft.MeshException;
import dev.weft.settings.Setting;
import dev.weft.settings.SettingProblem;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A mesh that cannot start as it is set up: everything that is wrong, with where it was said and what to do. */
final class MeshFailureAnalyzer extends AbstractFailureAnalyzer<MeshException.Configuration> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MeshException.Configuration cause) {
        String found = cause.problems().stream()
                .map(problem -> "\n    " + name(problem) + ": " + problem.found())
                .collect(Collectors.joining());
        String remedies = cause.problems().stream()
                .map(problem -> "\n    " + name(problem) + ": " + remedy(problem))
                .collect(Collectors.joining());
        int count = cause.problems().size();
        return new FailureAnalysis(
                "The mesh cannot start, " + count + (count == 1 ? " problem:" : " problems:") + found,
                "Correct these settings (mesh.enabled=false starts the application without the mesh, its ports open to"
                        + " everybody):" + remedies,
                cause);
    }

    /** As properties spell it, which is how it was written: {@code mesh.when-offline}, and not {@code whenOffline} as the builder has it. */
    private static String name(SettingProblem problem) {
        String name = problem.setting();
        if (name.startsWith(KnownNames.MESH + ".") || name.startsWith("MESH_")) {
            return name;
        }
        String key = Stream.of(Setting.values())
                .filter(setting -> setting.spoken().equals(name))
                .map(Setting::key)
                .findFirst()
                .orElse(name);
        return KnownNames.MESH + "." + key;
    }

    private static String remedy(SettingProblem problem) {
        if (problem.setting().equals("service") && problem.found().equals("not set")) {
            return "set spring.application.name or mesh.service";
        }
        return problem.setting().equals("trust")
                ? problem.remedy() + "; as properties: mesh.trust.join-token-file, mesh.trust.mode: none"
                : problem.remedy();
    }
}
