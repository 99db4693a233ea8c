// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/startup_decoder.h"

#include "models/base/time_text.h"
#include "models/http/body_decoder.h"
#include "models/http/json_reader.h"

namespace atalaya::health {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<Timestamp> startupTimeAt(const http::Json &json, const char *key)
{
    const auto text = http::stringAt(json, key);
    const Result<Timestamp> time = text ? parseTime(*text) : Result<Timestamp>(failure(Error()));
    return time ? std::optional<Timestamp>(*time) : std::nullopt;
}

} // namespace

Result<StartupReport> decodeStartup(const http::HttpResponse &response)
{
    // An unhealthy start is told in the body of a 503, where a service lives long enough to tell it.
    Result<http::Json> json = failure(Error());
    if (response.status == 503) {
        const Result<QByteArray> body = http::plainBody(response);
        json = body ? http::parseJson(*body, response.endpoint) : Result<http::Json>(failure(body.error()));
        if (!json || !http::arrayAt(*json, "results"))
            return failure(http::statusError(response, body.value_or(QByteArray())));
    } else {
        json = http::jsonAnswer(response);
    }
    if (!json)
        return failure(json.error());
    if (!json->is_object())
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not a start-up summary"_s);

    StartupReport report;
    report.startedAt = startupTimeAt(*json, "started_at");
    report.finishedAt = startupTimeAt(*json, "finished_at");
    report.reason = http::stringAt(*json, "reason").value_or(QString());
    report.totalDurationMs = http::numberAt(*json, "total_duration_ms").value_or(0);
    report.status = http::stringAt(*json, "status").value_or(QString());
    if (report.status.isEmpty() && report.startedAt && !report.finishedAt)
        report.status = u"running"_s;
    const http::Json *results = http::arrayAt(*json, "results");
    if (report.status.isEmpty() || (!results && report.status != u"skipped" && report.status != u"running"))
        return failure(ErrorKind::Malformed, response.endpoint,
                       u"answered a start-up summary without status or results"_s);
    if (!results)
        return report;
    for (const http::Json &item : *results) {
        StartupCheck check;
        check.name = http::stringAt(item, "name").value_or(QString());
        check.status = http::stringAt(item, "status").value_or(QString());
        if (check.name.isEmpty() || check.status.isEmpty())
            return failure(ErrorKind::Malformed, response.endpoint,
                           u"start-up check %1 has no name or status"_s.arg(report.checks.size() + 1));
        check.message = http::stringAt(item, "message").value_or(QString());
        check.critical = http::boolAt(item, "critical").value_or(false);
        check.durationMs = http::numberAt(item, "duration_ms").value_or(0);
        report.checks.append(check);
    }
    return report;
}

} // namespace atalaya::health
