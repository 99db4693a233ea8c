// SPDX-License-Identifier: GPL-3.0-or-later
// The start-up checks of ai-proveedores.
#include "app/fleet/ai_proveedores.h"

namespace atalaya::fleet {

std::vector<StartupCheck> AiProveedores::startupChecks()
{
    std::vector<StartupCheck> checks{requiredVariablesCheck()};
    for (StartupCheck &check : optionalVariablesCheck())
        checks.push_back(std::move(check));
    checks.push_back(dependencyCheck("supabase_connection", "supabase", true, "selected one row of providers"));
    checks.push_back(dependencyCheck("supabase_storage", "supabase_storage", false, "the bucket answers"));
    checks.push_back(dependencyCheck("openai_api", "openai", true, "the model answers"));
    checks.push_back(dependencyCheck("redis_connection", "redis", false, "connected"));
    return checks;
}

bool AiProveedores::hasVariable(const char *name) const
{
    const auto found = context().environment.find(name);
    return found != context().environment.end() && !found->second.empty();
}

StartupCheck AiProveedores::requiredVariablesCheck()
{
    return {
        "environment_variables", true, [this](const std::function<void(CheckVerdict)> &done) {
            std::string missing;
            for (const char *name : {"DATABASE_URL", "SUPABASE_URL", "SUPABASE_BACKEND_API_KEY", "OPENAI_API_KEY"}) {
                if (!hasVariable(name))
                    missing += (missing.empty() ? "missing: " : ", ") + std::string(name);
            }
            if (missing.empty())
                done({CheckStatus::Pass, "all set"});
            else
                done({CheckStatus::Fail, missing});
        }};
}

std::vector<StartupCheck> AiProveedores::optionalVariablesCheck()
{
    std::string missing;
    // REDIS_URL is among these: what only serves a dependency with a fallback must not stop the start.
    for (const char *name : {"REDIS_URL", "SUPABASE_PROVIDERS_BUCKET", "SERVER_HOST", "PROVEEDORES_SERVER_PORT"}) {
        if (!hasVariable(name))
            missing += (missing.empty() ? "missing, default used: " : ", ") + std::string(name);
    }
    if (missing.empty())
        return {};
    return {{"environment_variables_optional", false, [missing](const std::function<void(CheckVerdict)> &done) {
                 done({CheckStatus::Warning, missing});
             }}};
}

StartupCheck AiProveedores::dependencyCheck(const std::string &name, const std::string &dependency, bool isCritical,
                                            const std::string &good)
{
    return {name, isCritical,
            [this, name, dependency, isCritical, good](const std::function<void(CheckVerdict)> &done) {
                awaitSlowAnswer(name, simulation().now(), [this, dependency, isCritical, good, done] {
                    tryDependency(dependency, 2, [isCritical, good, done](const DependencyReply &reply) {
                        if (reply.isGood)
                            done({CheckStatus::Pass, good});
                        else
                            done({isCritical ? CheckStatus::Fail : CheckStatus::Warning, reply.errorType});
                    });
                });
            }};
}

void AiProveedores::tryDependency(const std::string &dependency, int retries,
                                  std::function<void(const DependencyReply &)> done)
{
    const DependencyReply reply = context().surroundings.dependency(dependency)->answer(m_random, 1);
    simulation().schedule(simulation().now() + reply.latency, owner(),
                          [this, dependency, retries, reply, done = std::move(done)] {
                              if (!reply.isGood && retries > 0)
                                  tryDependency(dependency, retries - 1, done);
                              else
                                  done(reply);
                          });
}

void AiProveedores::awaitSlowAnswer(const std::string &check, SimTime begin, std::function<void()> then)
{
    const auto slow = context().surroundings.slowChecks.find(check);
    if (slow == context().surroundings.slowChecks.end() || simulation().now() - begin >= slow->second) {
        then();
        return;
    }
    simulation().schedule(simulation().now() + Milliseconds(500), owner(),
                          [this, check, begin, then = std::move(then)] { awaitSlowAnswer(check, begin, then); });
}

} // namespace atalaya::fleet
