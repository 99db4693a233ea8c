// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/silence_write_adapter.h"

#include "models/alerts/alertmanager_client.h"
#include "models/base/time_text.h"
#include "models/control/continued.h"
#include "models/control/curl_text.h"
#include "models/control/reply.h"
#include "models/http/body_decoder.h"
#include "models/http/json_reader.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using control::Outcome;
using control::TargetState;
using control::Ticket;
using http::Json;

namespace {

QString silenceField(const TargetState &state, const QString &name)
{
    const auto it = state.fields.find(name);
    return it == state.fields.end() ? QString() : it->second;
}

QString silenceWord(Silence::State state)
{
    switch (state) {
    case Silence::State::Pending:
        return u"pending"_s;
    case Silence::State::Active:
        return u"active"_s;
    case Silence::State::Expired:
        return u"expired"_s;
    }
    return u"expired"_s;
}

TargetState stateOf(const Silence &silence)
{
    TargetState state;
    state.words = silenceWord(silence.state);
    state.version = rfc3339(silence.updatedAt);
    state.fields = {{u"id"_s, silence.id},
                    {u"matchers"_s, matchersText(silence.matchers)},
                    {u"starts_at"_s, silence.startsAtText},
                    {u"ends_at"_s, rfc3339(silence.endsAt)},
                    {u"comment"_s, silence.comment},
                    {u"created_by"_s, silence.createdBy}};
    return state;
}

const Silence *silenceById(const QList<Silence> &silences, const QString &id)
{
    const auto it = std::find_if(silences.begin(), silences.end(), [&](const Silence &s) { return s.id == id; });
    return it == silences.end() ? nullptr : &*it;
}

QStringList sortedTexts(const QList<Matcher> &matchers)
{
    QStringList texts;
    for (const Matcher &matcher : matchers)
        texts += matcher.text();
    texts.sort();
    return texts;
}

/// The silence with this content that is not among the `known` ones.
const Silence *silenceWith(const QList<Silence> &silences, const QList<Matcher> &matchers, const QString &endsAt,
                           const QString &createdBy, const QString &comment, const QStringList &known)
{
    const QStringList texts = sortedTexts(matchers);
    const auto it = std::find_if(silences.begin(), silences.end(), [&](const Silence &silence) {
        return !known.contains(silence.id) && rfc3339(silence.endsAt) == endsAt && silence.createdBy == createdBy &&
               silence.comment == comment && sortedTexts(silence.matchers) == texts;
    });
    return it == silences.end() ? nullptr : &*it;
}

Json matchersJson(const QList<Matcher> &matchers)
{
    Json list = Json::array();
    for (const Matcher &matcher : matchers)
        list.push_back({{"name", matcher.name().toStdString()},
                        {"value", matcher.value().toStdString()},
                        {"isRegex", matcher.isPattern()},
                        {"isEqual", !matcher.isNegative()}});
    return list;
}

QString commentOf(const Ticket &ticket)
{
    const QString comment = ticket.parameter(u"comment"_s);
    return comment.isEmpty() ? ticket.reason : comment;
}

} // namespace

control::Reply silenceReply(const Result<http::HttpResponse> &answer, bool isDelete)
{
    if (!answer)
        return control::replyOfError(answer.error());
    if (answer->status < 200 || answer->status > 299)
        return control::replyOfRefusal(*answer);
    control::Reply reply;
    reply.httpStatus = answer->status;
    if (isDelete) {
        const Result<QByteArray> body = http::plainBody(*answer);
        if (body && body->trimmed().isEmpty()) {
            reply.claim = Outcome::Applied;
            reply.isOver = true;
        } else {
            reply.detail = u"answered something else than Alertmanager does"_s;
        }
        return reply;
    }
    const Result<Json> json = http::jsonAnswer(*answer);
    if (!json) {
        reply.detail = json.error().summary;
    } else if (const auto id = http::stringAt(*json, "silenceID"); id && !id->isEmpty()) {
        reply.claim = Outcome::Applied;
        reply.isOver = true;
        reply.detail = u"silence %1"_s.arg(*id);
    } else {
        reply.detail = u"answered HTTP %1 without the silence's id"_s.arg(answer->status);
    }
    return reply;
}

SilenceWrite::SilenceWrite(http::Transport &transport, workspace::EndpointResolver &resolver, workspace::Access access,
                           workspace::Auth auth, Action action, QString subject)
    : m_transport(transport)
    , m_resolver(resolver)
    , m_access(std::move(access))
    , m_auth(std::move(auth))
    , m_action(action)
    , m_subject(std::move(subject))
{
}

Pending<QList<Silence>> SilenceWrite::fetchSilences()
{
    return control::continued<QList<Silence>>(
        m_resolver.resolve(m_access, m_auth), this,
        [this](const http::Endpoint &endpoint) { return AlertmanagerClient(m_transport).fetchSilences(endpoint); });
}

Result<TargetState> SilenceWrite::stateBefore(const QList<Silence> &silences) const
{
    if (m_action == Action::Create) {
        // One with the same content may be there, expired perhaps: that is not the one to be made.
        QStringList known;
        const QStringList texts = sortedTexts(parseMatchers(m_subject).value_or(QList<Matcher>()));
        for (const Silence &silence : silences) {
            if (sortedTexts(silence.matchers) == texts)
                known += silence.id;
        }
        return TargetState{u"none"_s, {}, {{u"known"_s, known.join(u',')}}};
    }
    const Silence *silence = silenceById(silences, m_subject);
    if (!silence)
        return failure(ErrorKind::NotFound, m_subject, u"is not a silence of this Alertmanager"_s);
    // It would answer with a new silence of the same content.
    if (m_action == Action::Extend && silence->state == Silence::State::Expired)
        return failure(ErrorKind::Conflict, m_subject, u"has expired; make a new one instead"_s);
    return stateOf(*silence);
}

Pending<TargetState> SilenceWrite::read()
{
    return control::continued<TargetState>(
        fetchSilences(), this, [this](const QList<Silence> &silences) { return readyNow(stateBefore(silences)); });
}

http::HttpRequest SilenceWrite::requestFor(const Ticket &ticket, const TargetState &before) const
{
    http::HttpRequest request;
    request.headers.append({"X-Correlation-ID", ticket.correlationId.toUtf8()});
    request.maxBytes = 1024 * 1024;
    if (m_action == Action::Expire) {
        request.method = "DELETE";
        request.path = u"/api/v2/silence/"_s + m_subject;
        return request;
    }
    const bool isNew = m_action == Action::Create;
    Json body = Json::object();
    if (!isNew)
        body["id"] = m_subject.toStdString();
    const QString matchers = isNew ? ticket.parameter(u"matchers"_s) : silenceField(before, u"matchers"_s);
    body["matchers"] = matchersJson(parseMatchers(matchers).value_or(QList<Matcher>()));
    // A start in the past becomes now; an extension must send back the stored one, or it would be another silence.
    const QString starts = isNew ? ticket.parameter(u"starts_at"_s) : silenceField(before, u"starts_at"_s);
    body["startsAt"] = starts.isEmpty() ? "2000-01-01T00:00:00.000Z" : starts.toStdString();
    body["endsAt"] = ticket.parameter(u"ends_at"_s).toStdString();
    body["createdBy"] = (isNew ? ticket.who : silenceField(before, u"created_by"_s)).toStdString();
    body["comment"] = (isNew ? commentOf(ticket) : silenceField(before, u"comment"_s)).toStdString();
    request.method = "POST";
    request.path = u"/api/v2/silences"_s;
    request.contentType = "application/json";
    request.body = QByteArray::fromStdString(body.dump(-1, ' ', false, Json::error_handler_t::replace));
    return request;
}

Pending<control::Reply> SilenceWrite::send(const Ticket &ticket, const TargetState &before)
{
    return control::continued<control::Reply>(
        m_resolver.resolve(m_access, m_auth), this, [this, ticket, before](const http::Endpoint &endpoint) {
            auto promise = std::make_shared<QPromise<Result<control::Reply>>>();
            promise->start();
            whenDone(m_transport.send(endpoint, requestFor(ticket, before)), this,
                     [this, promise](const Result<http::HttpResponse> &answer) {
                         promise->addResult(silenceReply(answer, m_action == Action::Expire));
                         promise->finish();
                     });
            return promise->future();
        });
}

control::ReadBack SilenceWrite::seenIn(const QList<Silence> &silences, const Ticket &ticket,
                                       const TargetState &before) const
{
    control::ReadBack seen;
    const QString endsAt = ticket.parameter(u"ends_at"_s);
    if (m_action == Action::Expire) {
        const Silence *silence = silenceById(silences, m_subject);
        seen.state = silence ? stateOf(*silence) : TargetState{u"gone"_s, {}, {}};
        seen.isWanted = !silence || silence->state == Silence::State::Expired;
        seen.wasWanted = before.words == silenceWord(Silence::State::Expired);
        return seen;
    }
    if (m_action == Action::Create) {
        const Silence *made =
            silenceWith(silences, parseMatchers(ticket.parameter(u"matchers"_s)).value_or(QList<Matcher>()), endsAt,
                        ticket.who, commentOf(ticket), silenceField(before, u"known"_s).split(u','));
        seen.recordWasRead = true;
        seen.state = made ? stateOf(*made) : before;
        seen.isWanted = made && made->state != Silence::State::Expired;
        if (made) {
            seen.proven = Outcome::Applied;
            seen.proof = u"silence %1 is there"_s.arg(made->id);
        }
        return seen;
    }
    const Silence *extended = silenceById(silences, m_subject);
    if (!extended || extended->state == Silence::State::Expired) {
        // It expired in between: Alertmanager then made another one with the same content.
        const Silence *other =
            silenceWith(silences, parseMatchers(silenceField(before, u"matchers"_s)).value_or(QList<Matcher>()), endsAt,
                        silenceField(before, u"created_by"_s), silenceField(before, u"comment"_s), {});
        extended = other ? other : extended;
    }
    seen.state = extended ? stateOf(*extended) : TargetState{u"gone"_s, {}, {}};
    seen.isWanted = extended && extended->state != Silence::State::Expired && rfc3339(extended->endsAt) == endsAt;
    seen.wasWanted = silenceField(before, u"ends_at"_s) == endsAt;
    return seen;
}

Pending<control::ReadBack> SilenceWrite::readBack(const Ticket &ticket, const TargetState &before, bool)
{
    return control::continued<control::ReadBack>(
        fetchSilences(), this, [this, ticket, before](const QList<Silence> &silences) {
            return readyNow<control::ReadBack>(seenIn(silences, ticket, before));
        });
}

QString SilenceWrite::curl(const Ticket &ticket, const TargetState &before) const
{
    return control::curlText(m_access, m_auth, requestFor(ticket, before));
}

} // namespace atalaya::alerts
