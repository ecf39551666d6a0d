({
  run: function (component, event, helper) {
    var toolkit = component.find("omni");
    toolkit.getAgentWorks().then(function (result) {
      var work = JSON.parse(result.works)[0];
      return toolkit.declineAgentWork({ workId: work.workId, declineReason: "Wrong_Team" }).then(function (done) {
        console.log("declined: " + done);
      });
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
