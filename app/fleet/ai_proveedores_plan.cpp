// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ai_proveedores_plan.h"

namespace atalaya::fleet {

namespace {

using Kind = ProveedoresStep::Kind;

ProveedoresStep work(double ms)
{
    return {.kind = Kind::Work, .workMs = ms};
}

ProveedoresStep redis(const char *operation)
{
    return {.kind = Kind::Redis, .operation = operation};
}

ProveedoresStep database(const char *operation, const char *table)
{
    return {.kind = Kind::Database, .operation = operation, .target = table};
}

ProveedoresStep openAi(const char *operation, const char *model)
{
    return {.kind = Kind::OpenAi, .operation = operation, .target = model};
}

/// A message from WhatsApp is acknowledged at once and understood in the background.
ProveedoresPlan messagePlan(RandomStream &random)
{
    ProveedoresPlan plan;
    if (random.chance(0.004)) {
        plan.goodStatus = 422;
        plan.steps = {work(1.5)};
        return plan;
    }
    plan.steps = {work(2), redis("get"), database("select", "providers"), work(3)};
    if (random.chance(0.25))
        plan.background.push_back(openAi("intent_classification", chatModel));
    if (random.chance(0.10))
        plan.background.push_back(openAi("service_extraction", chatModel));
    if (random.chance(0.12)) {
        plan.background.push_back(openAi("embedding", embeddingModel));
        plan.background.push_back(database("upsert", "provider_services"));
    }
    if (random.chance(0.30))
        plan.background.push_back(database("update", "providers"));
    plan.background.push_back(redis("set"));
    return plan;
}

ProveedoresPlan listPlan(RandomStream &random)
{
    ProveedoresPlan plan;
    plan.steps = {work(2), redis("get")};
    if (random.chance(0.4)) {
        plan.steps.push_back(database("select", "providers"));
        plan.steps.push_back(redis("set"));
    }
    plan.steps.push_back(work(2));
    return plan;
}

ProveedoresPlan searchPlan(RandomStream &random)
{
    ProveedoresPlan plan;
    if (random.chance(0.006)) {
        plan.goodStatus = 400;
        plan.steps = {work(1)};
        return plan;
    }
    plan.steps = {work(3), database("select", "providers"), database("select", "provider_services"), work(4)};
    if (random.chance(0.06))
        plan.steps.insert(plan.steps.begin() + 1, openAi("embedding", embeddingModel));
    return plan;
}

ProveedoresPlan profilePlan(RandomStream &random)
{
    ProveedoresPlan plan;
    plan.goodStatus = random.chance(0.03) ? 404 : 200;
    plan.steps = {work(1.5), database("select", "providers"), work(1)};
    return plan;
}

ProveedoresPlan approvalPlan(RandomStream &random)
{
    ProveedoresPlan plan;
    plan.goodStatus = random.chance(0.01) ? 404 : 200;
    plan.steps = {work(2), database("select", "providers")};
    if (plan.goodStatus == 200) {
        plan.steps.push_back(database("update", "providers"));
        plan.background = {redis("set")};
    }
    return plan;
}

ProveedoresPlan sendPlan(RandomStream &)
{
    ProveedoresPlan plan;
    plan.steps = {work(2), database("select", "providers"), redis("set"), work(2)};
    return plan;
}

} // namespace

const std::array<ProveedoresEndpoint, 6> &proveedoresEndpoints()
{
    static const std::array<ProveedoresEndpoint, 6> endpoints{{
        {"POST", "/handle-whatsapp-message", 8.0, messagePlan},
        {"GET", "/providers", 6.0, listPlan},
        {"POST", "/intelligent-search", 4.0, searchPlan},
        {"GET", "/api/v1/providers/{provider_id}", 1.5, profilePlan},
        {"POST", "/api/v1/providers/{provider_id}/notify-approval", 0.3, approvalPlan},
        {"POST", "/send-whatsapp-message", 1.0, sendPlan},
    }};
    return endpoints;
}

} // namespace atalaya::fleet
