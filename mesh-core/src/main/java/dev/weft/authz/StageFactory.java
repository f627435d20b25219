package dev.weft.authz;

import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.JwtStage;

/** Makes the stages that may have to ask somebody. Called when the policy changes, never for a request. */
public interface StageFactory {

    Stage jwt(JwtStage said);

    Stage external(ExternalAuthorizationStage said);

    /** Makes stages that refuse everybody: who cannot judge lets nobody in. */
    StageFactory NONE = new StageFactory() {
        @Override
        public Stage jwt(JwtStage said) {
            return arrival ->
                    Stage.refuse(Denial.because("the policy wants JWTs verified, and nothing here verifies them"));
        }

        @Override
        public Stage external(ExternalAuthorizationStage said) {
            return arrival ->
                    Stage.refuse(Denial.because("the policy wants an authorizer asked, and nothing here can ask it"));
        }
    };
}
