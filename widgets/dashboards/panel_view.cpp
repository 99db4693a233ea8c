// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/panel_view.h"

#include "models/base/time_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QStandardPaths>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QToolTip>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {

QString unitWords(const QString &unit)
{
    static const QHash<QString, QString> words{{u"ops"_s, u"/s"_s},
                                               {u"reqps"_s, u"requests/s"_s},
                                               {u"wps"_s, u"writes/s"_s},
                                               {u"rps"_s, u"reads/s"_s},
                                               {u"cps"_s, u"/s"_s},
                                               {u"percent"_s, u"%"_s},
                                               {u"percentunit"_s, u"%"_s},
                                               {u"short"_s, {}},
                                               {u"none"_s, {}},
                                               {u"bytes"_s, u"bytes"_s},
                                               {u"decbytes"_s, u"bytes"_s},
                                               {u"currencyEUR"_s, u"EUR"_s},
                                               {u"currencyUSD"_s, u"USD"_s},
                                               {u"bool"_s, {}}};
    return words.value(unit, unit);
}

} // namespace

PanelView::PanelView(const Panel &panel, metrics::MetricStore &store, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_panel(panel)
    , m_clock(clock)
    , m_queries(new PanelQueries(panel, store, this))
    , m_content(contentFor(panel, this))
    , m_title(panel.title)
{
    setObjectName(u"panel-%1"_s.arg(panel.id));
    setAccessibleName(panel.title);
    setAttribute(Qt::WA_Hover);
    if (!m_panel.targets.isEmpty()) {
        addTool(static_cast<int>(theme::Icon::Info), u"inspect"_s, tr("Inspect: query, data, answer time"));
        addTool(static_cast<int>(theme::Icon::Explore), u"copyPromQl"_s, tr("Copy as PromQL"));
    }
    addTool(static_cast<int>(theme::Icon::FullScreen), u"fullScreen"_s, tr("Full screen (Esc to return)"));
    addTool(static_cast<int>(theme::Icon::Export), u"exportPng"_s, tr("Export as PNG"));
    for (QToolButton *tool : std::as_const(m_tools)) {
        if (tool->objectName() == u"inspect")
            connect(tool, &QToolButton::clicked, this, &PanelView::inspectRequested);
        else if (tool->objectName() == u"copyPromQl")
            connect(tool, &QToolButton::clicked, this, &PanelView::copyPromQl);
        else if (tool->objectName() == u"fullScreen")
            connect(tool, &QToolButton::clicked, this, &PanelView::fullScreenRequested);
        else
            connect(tool, &QToolButton::clicked, this, &PanelView::exportPicture);
    }
    connect(m_queries, &PanelQueries::changed, this, [this] {
        m_dirty = true;
        Q_EMIT dirty();
    });
    connect(m_content, &PanelContent::crosshairMoved, this, &PanelView::crosshairMoved);
    connect(m_content, &PanelContent::rangeChosen, this, &PanelView::rangeChosen);
    showTools();
}

QToolButton *PanelView::addTool(int icon, const QString &name, const QString &words)
{
    auto *tool = new QToolButton(this);
    tool->setObjectName(name);
    tool->setProperty("role", u"quiet"_s);
    tool->setProperty("size", u"small"_s);
    tool->setProperty("glyph", icon);
    tool->setToolTip(words);
    tool->setAccessibleName(words);
    tool->setFixedSize(24, 24);
    tool->installEventFilter(this);
    m_tools.append(tool);
    return tool;
}

void PanelView::ask(const QString &source, const VariableChoices &choices)
{
    m_source = source;
    m_choices = choices;
    m_title = titleWithVariables(m_panel.title, choices);
    // Coarse, so that a drag of the window's edge does not ask anew at every pixel.
    m_columns = std::max(60, (m_content->columns() + 59) / 120 * 120);
    m_queries->ask(source, choices, m_columns);
    update();
}

void PanelView::refresh(const TimeRange &range, const QTimeZone &zone)
{
    m_dirty = false;
    const QList<PanelQueries::Answer> answers = m_queries->answers();
    for (const PanelQueries::Answer &answer : answers) {
        if (answer.snapshot.data && !answer.snapshot.error && answer.snapshot.fetchedAt >= answer.snapshot.askedAt)
            m_usual = answer.snapshot.fetchedAt - answer.snapshot.askedAt;
    }
    const Timestamp now = m_clock.now();
    setStatus(panelStatus(answers, now, zone, m_usual));
    m_content->showAnswers(answers, {range, now, zone, m_status});
}

void PanelView::tick(const QTimeZone &zone)
{
    if (m_inView && m_queries->isAsking())
        setStatus(panelStatus(m_queries->answers(), m_clock.now(), zone, m_usual));
}

void PanelView::setStatus(const PanelStatus &status)
{
    if (status == m_status)
        return;
    m_status = status;
    setAccessibleDescription(status.word + (status.serverWords.isEmpty() ? QString() : u": "_s + status.serverWords));
    update();
}

void PanelView::setInView(bool inView)
{
    if (m_inView == inView)
        return;
    m_inView = inView;
    m_queries->setVisible(inView);
    if (inView && m_dirty)
        Q_EMIT dirty();
}

void PanelView::setFullScreen(bool full)
{
    m_full = full;
    update();
}

QString PanelView::promQl() const
{
    QStringList lines;
    for (const PanelQueries::Answer &answer : m_queries->answers())
        lines.append(answer.query.expr);
    return lines.join(u'\n');
}

void PanelView::copyPromQl()
{
    QGuiApplication::clipboard()->setText(promQl());
}

void PanelView::exportPicture()
{
    // Taken before the dialog opens: what is exported is what was looked at.
    for (QToolButton *tool : std::as_const(m_tools))
        tool->hide();
    const QPixmap picture = grab();
    showTools();
    auto *dialog = new QFileDialog(this, tr("Export %1").arg(m_title));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Pictures (*.png)"));
    dialog->setDefaultSuffix(u"png"_s);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    QString name = m_title.toLower();
    for (QChar &c : name) {
        if (!c.isLetterOrNumber())
            c = u'-';
    }
    dialog->selectFile(name + u".png"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [picture](const QString &file) { picture.save(file); });
    dialog->open();
}

void PanelView::layOut()
{
    const bool headless = m_panel.title.isEmpty() && m_panel.type == PanelType::Text;
    const int top = headless ? theme::panelPadding : theme::panelHeaderHeight + 2;
    m_content->setGeometry(theme::panelPadding, top, width() - 2 * theme::panelPadding,
                           std::max(8, height() - top - theme::panelPadding + 2));
    int x = width() - 6;
    for (auto it = m_tools.crbegin(); it != m_tools.crend(); ++it) {
        x -= 24;
        (*it)->move(x, 4);
        x -= 2;
    }
}

void PanelView::showTools()
{
    bool show = underMouse();
    for (const QToolButton *tool : std::as_const(m_tools))
        show = show || tool->hasFocus();
    for (QToolButton *tool : std::as_const(m_tools)) {
        // Kept in the tab order while invisible to the eye: a hidden button cannot be reached by key.
        tool->setIcon(show ? theme::icon(static_cast<theme::Icon>(tool->property("glyph").toInt())) : QIcon());
    }
    update();
}

void PanelView::paintEvent(QPaintEvent *)
{
    using theme::TextSize;
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QRectF box = rect();
    const bool isStale = m_status.kind == PanelStatus::Kind::Stale;
    theme::paintSurface(painter, box, theme::cardRadius, look.color(Token::Surface), look.color(Token::Line));
    if (isStale)
        theme::paintHatch(painter, box.adjusted(1, 1, -1, -1), look.color(Token::Line), theme::cardRadius - 1);

    const QRectF header(theme::panelPadding, 1, box.width() - 2 * theme::panelPadding, theme::panelHeaderHeight);
    bool toolsShown = underMouse();
    for (const QToolButton *tool : m_tools)
        toolsShown = toolsShown || tool->hasFocus();
    qreal right = header.right() - (toolsShown ? static_cast<qreal>(m_tools.size()) * 26 - 4 : 0);
    if (!m_status.word.isEmpty()) {
        const QFont font = theme::font(
            TextSize::Small, isStale || m_status.kind == PanelStatus::Kind::Failed ? QFont::DemiBold : QFont::Normal);
        const bool calm = m_status.kind == PanelStatus::Kind::Waiting;
        const qreal room = std::max(0.0, right - header.left()) * 0.62;
        const qreal taken = std::min(QFontMetricsF(font).horizontalAdvance(m_status.word), room);
        const QColor color = calm      ? look.color(Token::Text3)
                             : isStale ? look.color(Token::Warning)
                                       : look.color(m_status.state);
        theme::paintText(painter, QRectF(right - taken, header.top(), taken, header.height()), m_status.word, font,
                         color, Qt::AlignRight);
        right -= taken;
        if (!calm) {
            right -= 18;
            theme::StatePainter(look).paint(painter, m_status.state, QRectF(right, header.center().y() - 6, 12, 12));
        }
        right -= 10;
    } else if (!m_status.warning.isEmpty() || !m_panel.notes.isEmpty()) {
        // The tool tip says what: partial data, or a part of the author's panel that is not drawn.
        right -= 16;
        theme::StatePainter(look).paint(painter, m_status.warning.isEmpty() ? State::Info : State::Warning,
                                        QRectF(right, header.center().y() - 6, 12, 12));
        right -= 8;
    }
    const QFont titleFont = theme::font(TextSize::Body, QFont::Medium);
    const QRectF titleBox(header.left(), header.top(), std::max(0.0, right - header.left()), header.height());
    const qreal taken =
        theme::paintText(painter, titleBox, m_title, titleFont, look.color(isStale ? Token::Text2 : Token::Text1));
    const bool showsUnit = m_panel.type == PanelType::TimeSeries;
    const QRectF unitBox(titleBox.left() + taken + 8, titleBox.top(), titleBox.width() - taken - 8, titleBox.height());
    if (showsUnit && unitBox.width() > 24)
        theme::paintText(painter, unitBox, unitWords(m_panel.unit), theme::font(TextSize::Small),
                         look.color(Token::Text3));
}

void PanelView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
    const int columns = std::max(60, (m_content->columns() + 59) / 120 * 120);
    if (columns != m_columns && m_columns > 0)
        ask(m_source, m_choices);
}

void PanelView::enterEvent(QEnterEvent *event)
{
    QWidget::enterEvent(event);
    showTools();
}

void PanelView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    showTools();
}

bool PanelView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        showTools();
    return QWidget::eventFilter(watched, event);
}

bool PanelView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (help->pos().y() <= theme::panelHeaderHeight) {
            QStringList lines{m_title};
            if (!m_panel.description.isEmpty())
                lines.append(m_panel.description);
            lines += m_panel.notes;
            if (!m_status.word.isEmpty())
                lines.append(m_status.word);
            if (!m_status.serverWords.isEmpty())
                lines.append(m_status.serverWords);
            if (!m_status.warning.isEmpty())
                lines.append(m_status.warning);
            QToolTip::showText(help->globalPos(), lines.join(u'\n'), this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace atalaya::dashboards

#include "moc_panel_view.cpp"
