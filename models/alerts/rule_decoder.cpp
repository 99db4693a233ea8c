// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/rule_decoder.h"

#include "models/base/time_text.h"
#include "models/http/json_reader.h"

#include <cmath>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

Labels textsOf(const http::Json *object)
{
    Labels labels;
    if (!object)
        return labels;
    for (const auto &[name, value] : object->items())
        labels.emplace(QString::fromStdString(name), http::toQString(value));
    return labels;
}

Rule ruleFrom(const http::Json &json, const QString &group, const QString &file)
{
    Rule rule;
    rule.name = http::stringAt(json, "name").value_or(QString());
    rule.expr = http::stringAt(json, "query").value_or(QString());
    const double seconds = http::numberAt(json, "duration").value_or(0);
    if (std::isfinite(seconds) && seconds > 0 && seconds < 1e9)
        rule.holdFor = Milliseconds(std::llround(seconds * 1000));
    rule.group = group;
    rule.file = file;
    rule.labels = textsOf(http::objectAt(json, "labels"));
    rule.annotations = textsOf(http::objectAt(json, "annotations"));
    rule.health = http::stringAt(json, "health").value_or(u"unknown"_s);
    rule.lastError = http::stringAt(json, "lastError").value_or(QString());
    rule.lastEvaluation = parseTime(http::stringAt(json, "lastEvaluation").value_or(QString())).value_or(Timestamp());
    return rule;
}

std::optional<Alert> ruleAlertFrom(const http::Json &json, const Rule &rule)
{
    const std::optional<QString> state = http::stringAt(json, "state");
    const Result<Timestamp> activeAt = parseTime(http::stringAt(json, "activeAt").value_or(QString()));
    const http::Json *labels = http::objectAt(json, "labels");
    if ((state != u"pending" && state != u"firing") || !activeAt || !labels)
        return std::nullopt;
    Alert alert;
    alert.labels = textsOf(labels);
    alert.labels.try_emplace(u"alertname"_s, rule.name);
    alert.name = labelValue(alert.labels, u"alertname"_s);
    alert.severity = labelValue(alert.labels, u"severity"_s);
    alert.system = labelValue(alert.labels, u"system"_s);
    alert.annotations = textsOf(http::objectAt(json, "annotations"));
    alert.fingerprint = fingerprintOf(alert.labels);
    alert.activeAt = *activeAt;
    alert.value = http::numberAt(json, "value");
    // A NaN is unequal to itself and would make every refresh look like a change.
    if (alert.value && std::isnan(*alert.value))
        alert.value.reset();
    alert.rule = rule;
    if (state == u"pending") {
        alert.state = AlertState::Pending;
        alert.startsAt = *activeAt;
        alert.firesAt = *activeAt + rule.holdFor;
    } else {
        alert.state = AlertState::Firing;
        alert.startsAt = *activeAt + rule.holdFor;
    }
    return alert;
}

} // namespace

Result<RuleAnswer> decodeRules(const http::HttpResponse &response)
{
    const Result<http::Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    const http::Json *data = http::objectAt(*json, "data");
    const http::Json *groups = data ? http::arrayAt(*data, "groups") : nullptr;
    if (http::stringAt(*json, "status") != u"success" || !groups)
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not a list of rule groups"_s,
                       http::stringAt(*json, "error").value_or(QString()));
    RuleAnswer answer;
    for (const http::Json &group : *groups) {
        const QString name = http::stringAt(group, "name").value_or(QString());
        const http::Json *rules = http::arrayAt(group, "rules");
        if (!rules)
            return failure(ErrorKind::Malformed, response.endpoint,
                           u"rule group \"%1\" has no list of rules"_s.arg(name));
        for (const http::Json &item : *rules) {
            if (http::stringAt(item, "type").value_or(u"alerting"_s) != u"alerting")
                continue;
            const Rule rule = ruleFrom(item, name, http::stringAt(group, "file").value_or(QString()));
            if (rule.name.isEmpty())
                return failure(ErrorKind::Malformed, response.endpoint,
                               u"a rule of group \"%1\" has no name"_s.arg(name));
            answer.rules.append(rule);
            if (const http::Json *alerts = http::arrayAt(item, "alerts")) {
                for (const http::Json &entry : *alerts) {
                    const std::optional<Alert> alert = ruleAlertFrom(entry, rule);
                    if (!alert)
                        return failure(ErrorKind::Malformed, response.endpoint,
                                       u"an alert of rule \"%1\" lacks labels, state or activeAt"_s.arg(rule.name));
                    answer.alerts.append(*alert);
                }
            }
        }
    }
    return answer;
}

} // namespace atalaya::alerts
