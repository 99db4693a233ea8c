// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "widgets/theme/icons.h"

#include <QtCore/QList>
#include <QtWidgets/QWidget>

class QListView;

namespace atalaya::shell {

/// One entry of the rail. `count` 0: nothing needs attention as far as is known; with `atLeast` it reads "10+". With
/// `isUnknown` something is not known and nothing is known to be wrong: the state's shape without a number.
struct RailEntry
{
    QString page;
    QString word;
    theme::Icon icon = theme::Icon::Overview;
    int count = 0;
    bool atLeast = false;
    bool isUnknown = false;
    State state = State::Ok;
    QString countWords;    ///< "10 alerts firing, at least": tool tip and accessible text
    bool atBottom = false; ///< stands apart at the lower end

    bool operator==(const RailEntry &) const = default;
};

class RailModel;

/// The left rail: icon, word and count per page; 184 px wide, or 80 with the word under the icon.
class NavRail final : public QWidget
{
    Q_OBJECT
public:
    explicit NavRail(QWidget *parent = nullptr);

    void setEntries(const QList<RailEntry> &entries);
    const QList<RailEntry> &entries() const { return m_entries; }
    void setPage(const QString &page);
    QString page() const { return m_page; }
    void setNarrow(bool narrow);

Q_SIGNALS:
    void pageRequested(const QString &page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void select();

    QList<RailEntry> m_entries;
    QString m_page;
    RailModel *m_upper;
    RailModel *m_lower;
    QListView *m_upperView;
    QListView *m_lowerView;
};

} // namespace atalaya::shell
