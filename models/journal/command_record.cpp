// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/command_record.h"

namespace atalaya::journal {

namespace {

InstanceRecord *partOf(QList<CommandRecord> &commands, const QString &id, const QString &instance)
{
    // What is said of a command comes soon after it.
    for (auto command = commands.rbegin(); command != commands.rend(); ++command) {
        if (command->intent.id != id)
            continue;
        for (InstanceRecord &part : command->instances) {
            if (part.intent.instance == instance)
                return &part;
        }
        return nullptr;
    }
    return nullptr;
}

int severity(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Unchanged:
        return 0;
    case Outcome::Applied:
        return 1;
    case Outcome::Refused:
        return 2;
    case Outcome::Conflict:
        return 3;
    case Outcome::Failed:
        return 4;
    case Outcome::Unknown:
        return 5;
    }
    return 5;
}

} // namespace

Outcome InstanceRecord::known() const
{
    if (resolution)
        return resolution->outcome;
    return outcome ? outcome->outcome : Outcome::Unknown;
}

std::optional<TargetState> InstanceRecord::after() const
{
    if (resolution && resolution->after)
        return resolution->after;
    return outcome ? outcome->after : std::nullopt;
}

QString InstanceRecord::detail() const
{
    if (resolution)
        return resolution->detail;
    return outcome ? outcome->detail : QString();
}

bool CommandRecord::isUnderWay(Timestamp now) const
{
    return now < intent.until && std::any_of(instances.begin(), instances.end(), [](const InstanceRecord &part) {
               return !part.outcome && !part.resolution;
           });
}

bool CommandRecord::isUnresolved(Timestamp now) const
{
    return !isUnderWay(now) &&
           std::any_of(instances.begin(), instances.end(), [](const InstanceRecord &part) { return part.isOpen(); });
}

Outcome CommandRecord::worst() const
{
    Outcome worst = Outcome::Unchanged;
    for (const InstanceRecord &part : instances) {
        if (severity(part.known()) > severity(worst))
            worst = part.known();
    }
    return worst;
}

const InstanceRecord *CommandRecord::find(const QString &instance) const
{
    const auto it = std::find_if(instances.begin(), instances.end(),
                                 [&](const InstanceRecord &part) { return part.intent.instance == instance; });
    return it == instances.end() ? nullptr : &*it;
}

void fold(QList<CommandRecord> &commands, const Entry &entry)
{
    if (const auto *intent = std::get_if<CommandIntent>(&entry.content)) {
        CommandRecord record{entry.row, entry.at, *intent, {}};
        for (const InstanceIntent &part : intent->instances)
            record.instances.append(InstanceRecord{.intent = part});
        commands.append(record);
    } else if (const auto *sent = std::get_if<SentMark>(&entry.content)) {
        if (InstanceRecord *part = partOf(commands, sent->commandId, sent->instance))
            part->sentAt.append(entry.at);
    } else if (const auto *outcome = std::get_if<InstanceOutcome>(&entry.content)) {
        InstanceRecord *part = partOf(commands, outcome->commandId, outcome->instance);
        // Another process may have given it up while this one still waited: what is known wins over unknown.
        if (part && (!part->outcome || part->outcome->outcome == Outcome::Unknown)) {
            part->outcome = *outcome;
            part->concludedAt = entry.at;
        }
    } else if (const auto *resolution = std::get_if<Resolution>(&entry.content)) {
        if (InstanceRecord *part = partOf(commands, resolution->commandId, resolution->instance)) {
            part->resolution = *resolution;
            part->resolvedAt = entry.at;
        }
    }
}

} // namespace atalaya::journal
