// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flags/flag_notes.h"

#include "models/base/time_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>
#include <QtGui/QResizeEvent>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::flags {

namespace {
constexpr int notePadding = 16;
constexpr int noteIconRoom = 28;
constexpr int noteTitle = 20;
constexpr int noteGap = 8;
} // namespace

QList<FlagNote> flagNotes(const workspace::Environment &environment, const QList<FlagLine> &rows,
                          const FlagStore &store, const health::HealthStore &health, Timestamp now,
                          const QTimeZone &zone)
{
    QList<FlagNote> notes;
    QStringList scrapeNotesUsed;
    const auto scrapeNote = [&](const QString &system, const QString &instance) {
        const Snapshot<health::InstanceHealth> snapshot = health.health({system, instance});
        const bool isLive = snapshot.freshness(now) == Freshness::Live;
        return isLive && snapshot.data->note.contains(u"scrape") ? snapshot.data->note : QString();
    };
    for (const FlagLine &row : rows) {
        if (row.isSystem)
            continue;
        if (row.pendingRestart > 0) {
            std::optional<Timestamp> oldest;
            for (const Flag &flag : row.perInstance) {
                if (const auto started = store.startedAt(row.system, flag.id.instance);
                    started && (!oldest || *started < *oldest))
                    oldest = started;
            }
            QString text = row.instances == 1
                               ? FlagNotes::tr("The only instance of %1 still runs the old value").arg(row.system)
                               : FlagNotes::tr("%1 of %2 instances of %3 still run the old value")
                                     .arg(row.pendingRestart)
                                     .arg(row.instances)
                                     .arg(row.system);
            text +=
                oldest ? FlagNotes::tr("; the oldest started %1 ago.").arg(ageText(now - *oldest)) : FlagNotes::tr(".");
            notes.append({State::Pending, true, FlagNotes::tr("%1 is accepted, not running.").arg(row.name),
                          text + u' ' + FlagNotes::tr("It takes effect at the next restart.")});
        }
        if (row.value == FlagLine::Value::Differs) {
            QString text = FlagNotes::tr("%1.").arg(perInstanceText(row));
            for (const Flag &flag : row.perInstance) {
                const QString note = scrapeNote(row.system, flag.id.instance);
                if (!flag.value && !note.isEmpty() && row.name.contains(u"METRICS", Qt::CaseInsensitive)) {
                    text += u' ' + FlagNotes::tr("%1 %2.").arg(flag.id.instance, note);
                    scrapeNotesUsed.append(row.system + u'/' + flag.id.instance);
                }
            }
            notes.append(
                {State::Warning, false, FlagNotes::tr("%1 differs inside %2.").arg(row.name, environment.name), text});
        }
        for (const Flag &flag : row.perInstance) {
            QStringList off;
            for (const QString &name : flag.dependsOn) {
                for (const FlagLine &other : rows) {
                    for (const Flag &theirs : other.perInstance) {
                        if (other.name == name && theirs.id.instance == flag.id.instance && !theirs.value)
                            off.append(name);
                    }
                }
            }
            if (flag.value && !off.isEmpty()) {
                notes.append({State::Warning, false, FlagNotes::tr("%1 is on, what it needs is off.").arg(row.name),
                              FlagNotes::tr("On %1: %2.").arg(flag.id.instance, off.join(u", "_s))});
                break;
            }
        }
    }
    for (const workspace::System &system : environment.systems) {
        const bool isShown =
            std::any_of(rows.cbegin(), rows.cend(), [&](const FlagLine &row) { return row.system == system.key; });
        if (!isShown)
            continue;
        for (const workspace::Instance &instance : system.instances) {
            const QString note = scrapeNote(system.key, instance.name);
            if (!note.isEmpty() && !scrapeNotesUsed.contains(system.key + u'/' + instance.name))
                notes.append({State::Warning, false, FlagNotes::tr("The metrics of %1 are missing.").arg(instance.name),
                              FlagNotes::tr("It %1.").arg(note)});
            const Snapshot<QList<Flag>> snapshot = store.instanceFlags(system.key, instance.name);
            const Freshness freshness = snapshot.freshness(now);
            if (freshness != Freshness::Stale && freshness != Freshness::Unreachable)
                continue;
            QString text = snapshot.data
                               ? FlagNotes::tr("Last read at %1.").arg(whenText(snapshot.fetchedAt, now, zone))
                               : FlagNotes::tr("They were never read.");
            if (snapshot.error)
                text += u' ' + sentenceFor(*snapshot.error);
            notes.append(
                {State::Stale, false, FlagNotes::tr("The flags of %1 are not known.").arg(instance.name), text});
        }
    }
    return notes;
}

FlagNotes::FlagNotes(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"flagNotes"_s);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void FlagNotes::show(const QList<FlagNote> &notes)
{
    if (notes == m_notes)
        return;
    m_notes = notes;
    QStringList words;
    for (const FlagNote &note : std::as_const(m_notes))
        words.append(note.title + u' ' + note.text);
    setAccessibleName(tr("What to know before a change here"));
    setAccessibleDescription(words.join(u'\n'));
    setVisible(!m_notes.isEmpty());
    updateGeometry();
    update();
}

int FlagNotes::textHeight(const FlagNote &note, int width) const
{
    const int room = std::max(80, width - 2 * notePadding - noteIconRoom);
    return QFontMetrics(theme::font()).boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, note.text).height();
}

int FlagNotes::heightForWidth(int width) const
{
    int height = notePadding + noteTitle + 4;
    for (const FlagNote &note : m_notes)
        height += noteTitle + textHeight(note, width) + noteGap;
    return height + notePadding - noteGap;
}

QSize FlagNotes::sizeHint() const
{
    const int wanted = width() > 200 ? width() : 600;
    return {wanted, heightForWidth(wanted)};
}

void FlagNotes::resizeEvent(QResizeEvent *event)
{
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
    QWidget::resizeEvent(event);
}

void FlagNotes::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    theme::paintSurface(painter, rect(), theme::cardRadius, look.color(Token::Surface), look.color(Token::Line));
    qreal y = notePadding - 4;
    const QFont strong = theme::font(theme::TextSize::Body, QFont::DemiBold);
    theme::paintText(painter, QRectF(notePadding, y, width() - 2 * notePadding, noteTitle),
                     tr("What to know before a change here"), strong, look.color(Token::Text1));
    y += noteTitle + 6;
    for (const FlagNote &note : std::as_const(m_notes)) {
        const QRectF glyph(notePadding, y + 2, 16, 16);
        if (note.isRestart)
            theme::paintIcon(painter, theme::Icon::Power, glyph, look.color(Token::Text2));
        else
            theme::StatePainter(look).paint(painter, note.state, glyph);
        const qreal left = notePadding + noteIconRoom;
        theme::paintText(painter, QRectF(left, y, width() - left - notePadding, noteTitle), note.title,
                         theme::font(theme::TextSize::Body, QFont::DemiBold), look.color(Token::Text1));
        y += noteTitle;
        const int height = textHeight(note, width());
        painter.setFont(theme::font());
        painter.setPen(look.color(Token::Text2));
        painter.drawText(QRectF(left, y, width() - left - notePadding, height), Qt::TextWordWrap, note.text);
        y += height + noteGap;
    }
}

} // namespace atalaya::flags

#include "moc_flag_notes.cpp"
