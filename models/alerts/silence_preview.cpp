// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/silence_preview.h"

#include <QtCore/QSet>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Labels whose value is another after the next roll-out: the silence would then hide nothing.
const QSet<QString> volatileLabels{u"pod"_s, u"pod_name"_s,   u"pod_ip"_s,     u"container_id"_s, u"uid"_s,
                                   u"ip"_s,  u"replicaset"_s, u"revision"_s,   u"version"_s,      u"process_id"_s,
                                   u"pid"_s, u"trace_id"_s,   u"request_id"_s, u"hash"_s};
/// From how many alerts on a silence of most of them is worth a word.
constexpr int manyAlerts = 4;

QSet<QString> textsOf(const QList<Matcher> &matchers)
{
    QSet<QString> texts;
    for (const Matcher &matcher : matchers)
        texts.insert(matcher.text());
    return texts;
}

/// Says something about which alerts: not negative, not empty, not everything.
bool isSpecific(const Matcher &matcher)
{
    return !matcher.isNegative() && !matcher.value().isEmpty() && matcher.value() != u".*" && matcher.value() != u".+";
}

} // namespace

SilencePreview previewSilence(const QList<Matcher> &matchers, const QList<Alert> &alerts,
                              const QList<Silence> &silences)
{
    SilencePreview preview;
    if (matchers.isEmpty())
        return preview;
    for (const Alert &alert : alerts) {
        if (matchesAll(matchers, alert.labels))
            preview.now.append(alert);
    }
    const QSet<QString> texts = textsOf(matchers);
    for (const Silence &silence : silences) {
        if (silence.state == Silence::State::Expired)
            continue;
        const bool hidesOne = std::any_of(preview.now.begin(), preview.now.end(), [&](const Alert &alert) {
            return matchesAll(silence.matchers, alert.labels);
        });
        if (hidesOne || textsOf(silence.matchers) == texts)
            preview.similar.append(silence);
    }
    if (std::none_of(matchers.begin(), matchers.end(), isSpecific))
        preview.warnings += u"No matcher says which alerts are meant: it hides whatever comes."_s;
    else if (std::all_of(matchers.begin(), matchers.end(), [](const Matcher &matcher) {
                 return !isSpecific(matcher) || matcher.name() == u"severity" || matcher.name() == u"environment";
             }))
        preview.warnings += u"It names neither an alert nor a system: it hides alerts of every system."_s;
    if (preview.now.size() >= manyAlerts && preview.now.size() * 2 > alerts.size())
        preview.warnings += u"It hides %1 of the %2 alerts there are now."_s.arg(preview.now.size()).arg(alerts.size());
    for (const Matcher &matcher : matchers) {
        if (volatileLabels.contains(matcher.name()))
            preview.warnings +=
                u"The label %1 changes with every roll-out: the silence will not hold."_s.arg(matcher.name());
    }
    if (preview.now.isEmpty())
        preview.warnings += u"It matches no alert now."_s;
    return preview;
}

} // namespace atalaya::alerts
