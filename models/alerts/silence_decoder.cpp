// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/silence_decoder.h"

#include "models/base/time_text.h"
#include "models/http/json_reader.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<Matcher> silenceMatcherFrom(const http::Json &json)
{
    const std::optional<QString> name = http::stringAt(json, "name");
    const std::optional<QString> value = http::stringAt(json, "value");
    if (!name || !value)
        return failure(ErrorKind::Malformed, {}, u"a matcher without name or value"_s);
    const bool isRegex = http::boolAt(json, "isRegex").value_or(false);
    // Alertmanager before 0.22 did not send isEqual and knew only positive matchers.
    const bool isEqual = http::boolAt(json, "isEqual").value_or(true);
    return Matcher::make(*name,
                         isRegex ? (isEqual ? Matcher::Kind::Matches : Matcher::Kind::NotMatches)
                                 : (isEqual ? Matcher::Kind::Equal : Matcher::Kind::NotEqual),
                         *value);
}

} // namespace

Result<QList<Silence>> decodeSilences(const http::HttpResponse &response)
{
    const Result<http::Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    if (!json->is_array())
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not a list of silences"_s);
    QList<Silence> silences;
    for (const http::Json &item : *json) {
        const auto refuse = [&](const QString &what) {
            return failure(ErrorKind::Malformed, response.endpoint,
                           u"silence %1 of its list has %2"_s.arg(silences.size() + 1).arg(what));
        };
        Silence silence;
        silence.id = http::stringAt(item, "id").value_or(QString());
        silence.startsAtText = http::stringAt(item, "startsAt").value_or(QString());
        const Result<Timestamp> starts = parseTime(silence.startsAtText);
        const Result<Timestamp> ends = parseTime(http::stringAt(item, "endsAt").value_or(QString()));
        const http::Json *matchers = http::arrayAt(item, "matchers");
        if (silence.id.isEmpty() || !starts || !ends || !matchers)
            return refuse(u"no id, times or matchers"_s);
        silence.startsAt = *starts;
        silence.endsAt = *ends;
        silence.updatedAt = parseTime(http::stringAt(item, "updatedAt").value_or(QString())).value_or(Timestamp());
        silence.createdBy = http::stringAt(item, "createdBy").value_or(QString());
        silence.comment = http::stringAt(item, "comment").value_or(QString());
        const http::Json *status = http::objectAt(item, "status");
        const QString state = status ? http::stringAt(*status, "state").value_or(QString()) : QString();
        silence.state = state == u"expired"   ? Silence::State::Expired
                        : state == u"pending" ? Silence::State::Pending
                                              : Silence::State::Active;
        for (const http::Json &matcher : *matchers) {
            Result<Matcher> made = silenceMatcherFrom(matcher);
            if (!made)
                return refuse(made.error().summary);
            silence.matchers.append(*std::move(made));
        }
        silences.append(silence);
    }
    return silences;
}

} // namespace atalaya::alerts
