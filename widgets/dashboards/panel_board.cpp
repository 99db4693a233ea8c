// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/panel_board.h"

#include "widgets/dashboards/panel_layout.h"
#include "widgets/dashboards/panel_view.h"
#include "widgets/dashboards/row_header.h"
#include "widgets/theme/spacing.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

PanelBoard::PanelBoard(metrics::MetricStore &metrics, const Clock &clock, QWidget *parent)
    : QScrollArea(parent), m_metrics(metrics), m_clock(clock), m_body(new QWidget(this))
{
    setObjectName(u"panelBoard"_s);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body->setProperty("surface", u"none"_s);
    setWidget(m_body);
    m_pump.setSingleShot(true);
    m_pump.setInterval(0);
    connect(&m_pump, &QTimer::timeout, this, &PanelBoard::refreshNext);
    connect(&m_metrics, &metrics::MetricStore::rangeChanged, this, [this] {
        for (PanelView *view : std::as_const(m_views))
            view->refresh(m_metrics.range(), m_zone);
    });
}

PanelBoard::~PanelBoard() = default;

void PanelBoard::show(const Dashboard &dashboard, const QString &source, const VariableChoices &choices)
{
    m_full = nullptr;
    qDeleteAll(m_views);
    qDeleteAll(m_rows);
    m_views.clear();
    m_rows.clear();
    m_panelIndex.clear();
    m_folded.clear();
    m_dashboard = dashboard;
    for (int i = 0; i < m_dashboard.panels.size(); ++i) {
        // Qualified, since QFrame has a shape of this name.
        const dashboards::Panel &panel = m_dashboard.panels.at(i);
        if (panel.type == PanelType::Row) {
            int members = 0;
            for (int other = 0; other < m_dashboard.panels.size(); ++other)
                members += rowOf(m_dashboard.panels, other) == i ? 1 : 0;
            auto *header = new RowHeader(titleWithVariables(panel.title, choices), members, m_body);
            header->setObjectName(u"row-%1"_s.arg(panel.id));
            connect(header, &QAbstractButton::toggled, this, [this, i](bool folded) { foldRow(i, folded); });
            header->QWidget::show();
            m_rows.insert(i, header);
            if (panel.collapsed)
                header->setChecked(true);
            continue;
        }
        auto *view = new PanelView(panel, m_metrics, m_clock, m_body);
        connect(view, &PanelView::dirty, this, [this] { m_pump.start(); });
        connect(view, &PanelView::inspectRequested, this, [this, view] { Q_EMIT inspectRequested(view); });
        connect(view, &PanelView::fullScreenRequested, this, [this, view] { setFullScreen(m_full ? nullptr : view); });
        connect(view, &PanelView::rangeChosen, this, &PanelBoard::rangeChosen);
        connect(view, &PanelView::crosshairMoved, this, [this](std::optional<Timestamp> at) {
            for (PanelView *other : std::as_const(m_views)) {
                if (other->isInView())
                    other->showCrosshair(at);
            }
        });
        view->showMarks(m_marks);
        m_views.append(view);
        m_panelIndex.append(i);
    }
    layOut();
    ask(source, choices);
    updateInView();
}

void PanelBoard::ask(const QString &source, const VariableChoices &choices)
{
    for (PanelView *view : std::as_const(m_views)) {
        view->ask(source, choices);
        view->refresh(m_metrics.range(), m_zone);
    }
}

void PanelBoard::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    for (PanelView *view : std::as_const(m_views))
        view->refresh(m_metrics.range(), m_zone);
}

void PanelBoard::showMarks(const QList<PanelMark> &marks)
{
    m_marks = marks;
    for (PanelView *view : std::as_const(m_views))
        view->showMarks(marks);
}

void PanelBoard::setPageVisible(bool visible)
{
    m_pageVisible = visible;
    updateInView();
}

bool PanelBoard::isSettled() const
{
    return std::all_of(m_views.cbegin(), m_views.cend(), [](PanelView *view) {
        return !view->isInView() || (view->queries().isSettled() && !view->needsRefresh());
    });
}

void PanelBoard::tick()
{
    for (PanelView *view : std::as_const(m_views))
        view->tick(m_zone);
}

int PanelBoard::panelCount() const
{
    return static_cast<int>(m_views.size());
}

void PanelBoard::refreshNext()
{
    for (PanelView *view : std::as_const(m_views)) {
        if (!view->isInView() || !view->needsRefresh())
            continue;
        view->refresh(m_metrics.range(), m_zone);
        m_pump.start();
        return;
    }
}

void PanelBoard::foldRow(int row, bool folded)
{
    if (folded)
        m_folded.insert(row);
    else
        m_folded.remove(row);
    layOut();
    updateInView();
}

void PanelBoard::setFullScreen(PanelView *panel)
{
    if (m_full)
        m_full->setFullScreen(false);
    m_full = panel;
    if (m_full)
        m_full->setFullScreen(true);
    layOut();
    updateInView();
}

void PanelBoard::layOut()
{
    const int padding = theme::pagePadding;
    const int width = viewport()->width() - 2 * padding;
    if (width < 40)
        return;
    if (m_full) {
        m_body->resize(viewport()->size());
        for (RowHeader *header : std::as_const(m_rows))
            header->hide();
        for (PanelView *view : std::as_const(m_views))
            view->setVisible(view == m_full);
        m_full->setGeometry(m_body->rect().adjusted(padding, 12, -padding, -padding));
        return;
    }
    const PanelLayout layout = layOutPanels(m_dashboard.panels, m_folded, width);
    m_body->resize(viewport()->width(), layout.height + 12 + padding);
    for (auto it = m_rows.cbegin(); it != m_rows.cend(); ++it) {
        it.value()->setGeometry(layout.rects.at(it.key()).translated(padding, 12));
        it.value()->setVisible(true);
    }
    for (int i = 0; i < m_views.size(); ++i) {
        const QRect place = layout.rects.at(m_panelIndex.at(i));
        m_views.at(i)->setVisible(!place.isNull());
        if (!place.isNull())
            m_views.at(i)->setGeometry(place.translated(padding, 12));
    }
}

void PanelBoard::updateInView()
{
    const QRect seen = QRect(-m_body->pos(), viewport()->size());
    for (PanelView *view : std::as_const(m_views))
        view->setInView(m_pageVisible && !view->isHidden() && seen.intersects(view->geometry()));
    m_pump.start();
}

void PanelBoard::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    layOut();
    updateInView();
}

void PanelBoard::scrollContentsBy(int dx, int dy)
{
    QScrollArea::scrollContentsBy(dx, dy);
    updateInView();
}

} // namespace atalaya::dashboards

#include "moc_panel_board.cpp"
