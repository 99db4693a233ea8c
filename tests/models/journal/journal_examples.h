// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/journal/command_record.h"

namespace atalaya::journal::test {

inline CommandIntent intentOf(const QString &id, const QStringList &instances = {QStringLiteral("worker-1")})
{
    CommandIntent intent;
    intent.id = id;
    intent.who = QStringLiteral("ana");
    intent.host = QStringLiteral("desk-7");
    intent.client = QStringLiteral("window");
    intent.environment = QStringLiteral("production");
    intent.action = QStringLiteral("breaker.trip");
    intent.system = QStringLiteral("worker");
    intent.target = QStringLiteral("openai");
    intent.reason = QStringLiteral("provider down");
    intent.parameters = {{QStringLiteral("hold_seconds"), QStringLiteral("900")}};
    intent.until = Timestamp(Milliseconds(1'795'489'230'000));
    for (const QString &instance : instances) {
        InstanceIntent part;
        part.instance = instance;
        part.idempotencyKey = id + QStringLiteral("-key-") + instance;
        part.correlationId = id + QStringLiteral("-correlation-") + instance;
        part.before = TargetState{
            QStringLiteral("closed"), QStringLiteral("\"w-17\""), {{QStringLiteral("mode"), QStringLiteral("auto")}}};
        intent.instances.append(part);
    }
    return intent;
}

inline InstanceOutcome outcomeOf(const QString &id, Outcome outcome,
                                 const QString &instance = QStringLiteral("worker-1"))
{
    InstanceOutcome made;
    made.commandId = id;
    made.instance = instance;
    made.outcome = outcome;
    made.detail = QStringLiteral("as the test says");
    return made;
}

} // namespace atalaya::journal::test
