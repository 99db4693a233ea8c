// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_decoder.h"

#include "models/base/time_text.h"
#include "models/http/json_reader.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<Labels> labelsFrom(const http::Json *object)
{
    if (!object)
        return std::nullopt;
    Labels labels;
    for (const auto &[name, value] : object->items()) {
        if (!value.is_string())
            return std::nullopt;
        labels.emplace(QString::fromStdString(name), http::toQString(value));
    }
    return labels;
}

QStringList stringsFrom(const http::Json *array, const char *key = nullptr)
{
    QStringList texts;
    if (!array)
        return texts;
    for (const http::Json &item : *array) {
        if (key) {
            if (const auto text = http::stringAt(item, key))
                texts += *text;
        } else if (item.is_string()) {
            texts += http::toQString(item);
        }
    }
    return texts;
}

Result<Alert> alertFrom(const http::Json &json, const QString &endpoint, qsizetype number)
{
    const auto refuse = [&](const QString &what) {
        return failure(ErrorKind::Malformed, endpoint, u"alert %1 of its list has %2"_s.arg(number).arg(what));
    };
    if (!json.is_object())
        return refuse(u"the wrong type"_s);
    const std::optional<Labels> labels = labelsFrom(http::objectAt(json, "labels"));
    if (!labels || labels->empty())
        return refuse(u"no labels"_s);
    const std::optional<QString> starts = http::stringAt(json, "startsAt");
    const Result<Timestamp> startsAt = parseTime(starts.value_or(QString()));
    if (!startsAt)
        return refuse(u"no readable startsAt"_s);

    Alert alert;
    alert.labels = *labels;
    alert.name = labelValue(alert.labels, u"alertname"_s);
    alert.severity = labelValue(alert.labels, u"severity"_s);
    alert.system = labelValue(alert.labels, u"system"_s);
    alert.annotations = labelsFrom(http::objectAt(json, "annotations")).value_or(Labels());
    alert.startsAt = alert.activeAt = *startsAt;
    alert.receivers = stringsFrom(http::arrayAt(json, "receivers"), "name");
    alert.fingerprint = http::stringAt(json, "fingerprint").value_or(QString());
    if (alert.fingerprint.isEmpty())
        alert.fingerprint = fingerprintOf(alert.labels);
    if (const http::Json *status = http::objectAt(json, "status")) {
        alert.silencedBy = stringsFrom(http::arrayAt(*status, "silencedBy"));
        alert.inhibitedBy = stringsFrom(http::arrayAt(*status, "inhibitedBy"));
        // "unprocessed" is an alert that just came in: it fires until somebody says otherwise.
        if (http::stringAt(*status, "state") == u"suppressed")
            alert.state = alert.silencedBy.isEmpty() ? AlertState::Inhibited : AlertState::Silenced;
    }
    return alert;
}

} // namespace

Result<QList<Alert>> decodeAlertmanagerAlerts(const http::HttpResponse &response)
{
    const Result<http::Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    if (!json->is_array())
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not a list of alerts"_s);
    QList<Alert> alerts;
    alerts.reserve(static_cast<qsizetype>(json->size()));
    for (const http::Json &item : *json) {
        Result<Alert> alert = alertFrom(item, response.endpoint, alerts.size() + 1);
        if (!alert)
            return failure(std::move(alert.error()));
        alerts.append(*std::move(alert));
    }
    return alerts;
}

} // namespace atalaya::alerts
