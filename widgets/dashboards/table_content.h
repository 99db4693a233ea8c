// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/dashboards/instant_table_model.h"
#include "widgets/dashboards/panel_content.h"

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace atalaya::dashboards {

/// The answers of instant queries as a table that can be sorted.
class TableContent final : public PanelContent
{
    Q_OBJECT
public:
    TableContent(const Panel &panel, QWidget *parent);
    void showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment) override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitColumns();

    const Panel m_panel;
    InstantTableModel m_model;
    QSortFilterProxyModel *m_proxy;
    QTableView *m_view;
    QLabel *m_words;
    int m_fitted = -1;
};

/// Words in place of a panel: a text panel's content, or which type is not drawn and why.
class NoteContent final : public PanelContent
{
    Q_OBJECT
public:
    NoteContent(const Panel &panel, QWidget *parent);
    void showAnswers(const QList<PanelQueries::Answer> &, const PanelMoment &) override {}
};

} // namespace atalaya::dashboards
