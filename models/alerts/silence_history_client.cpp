// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/silence_history_client.h"

#include "models/base/time_text.h"
#include "models/http/json_reader.h"

#include <cmath>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

Result<SilenceHistory> decodeSilenceHistory(const http::HttpResponse &response)
{
    const Result<http::Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    const http::Json *data = http::objectAt(*json, "data");
    const http::Json *result = data ? http::arrayAt(*data, "result") : nullptr;
    if (!result || http::stringAt(*data, "resultType") != u"vector")
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not an instant vector"_s);
    SilenceHistory history;
    for (const http::Json &series : *result) {
        const http::Json *metric = http::objectAt(series, "metric");
        const http::Json *value = http::arrayAt(series, "value");
        const std::optional<QString> which = metric ? http::stringAt(*metric, "counted") : std::nullopt;
        bool isNumber = false;
        const double number = value && value->size() == 2 ? http::toQString((*value)[1]).toDouble(&isNumber) : 0;
        if (!which || !isNumber || !std::isfinite(number) || number < 0)
            return failure(ErrorKind::Malformed, response.endpoint, u"answered something else than two counts"_s);
        (*which == u"matching" ? history.matching : history.all) = static_cast<int>(std::lround(number));
    }
    return history;
}

Pending<SilenceHistory> fetchSilenceHistory(http::Transport &transport, const http::Endpoint &endpoint,
                                            const QList<Matcher> &matchers, Milliseconds span)
{
    const QString window = durationText(span);
    const QString selector =
        u"alertstate=\"firing\""_s + (matchers.isEmpty() ? QString() : u", "_s) + matchersText(matchers);
    // One question for both counts; no series is no row, which is a count of zero.
    const QString counted = u"label_replace(count(last_over_time(ALERTS{%1}[%2])), \"counted\", \"%3\", \"\", \"\")"_s;
    http::HttpRequest request;
    request.method = "POST";
    request.path = u"/api/v1/query"_s;
    request.contentType = "application/x-www-form-urlencoded";
    request.body = http::formBody({{u"query"_s, counted.arg(selector, window, u"matching"_s) + u" or "_s +
                                                    counted.arg(u"alertstate=\"firing\""_s, window, u"all"_s)}});
    return decodeOffThread<SilenceHistory>(transport.fetch(endpoint, request), decodeSilenceHistory);
}

} // namespace atalaya::alerts
